/** Returns the address of a picture in the window: a hash and a recipe, never a path. */
export function photoAddress(hash: string, recipe: "thumbnail" | "web-small" | "web"): string {
  // On Windows the web view reaches a protocol of ours as a host.
  const base = navigator.userAgent.includes("Windows") ? "http://photo.localhost" : "photo://localhost";
  return `${base}/${hash}/${recipe}`;
}
