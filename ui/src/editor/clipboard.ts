/** What a paste or a drop brings. */

/**
 * Returns true where the clipboard holds no words for the text but may hold a picture. WebKitGTK fires a paste with
 * nothing in it for a picture, and copied files come as addresses: a path must never become part of an article.
 */
export function mayBePicture(data: Pick<DataTransfer, "getData"> | null): boolean {
  if (data === null) return true;
  const addresses = data.getData("text/uri-list").split(/\r?\n/).filter((line) => line && !line.startsWith("#"));
  if (addresses.length > 0 && addresses.every((address) => address.startsWith("file:"))) return true;
  return data.getData("text/plain") === "" && addresses.length === 0;
}
