/** Puts text on the clipboard. Where the web view refuses the newer way, the older one is tried. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (refused) {
    const taken = (event: ClipboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      event.clipboardData?.setData("text/plain", text);
    };
    document.addEventListener("copy", taken, { capture: true, once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", taken, { capture: true });
    if (!done) throw refused;
  }
}
