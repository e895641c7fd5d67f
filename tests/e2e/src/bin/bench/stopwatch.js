// From a key to the message after the next animation frame: what a person sees by then is on the screen.
(function (mark) {
  const times = { letter: [], preview: [], dispatch: [] };
  window.__stopwatch = times;
  /** The letters typed and not seen on the page yet; the text up to each, and when its key went down. */
  let awaited = [];
  let typed = mark; // stands before the first letter, and nowhere else

  function afterFrame(then) {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => then(performance.now());
      channel.port2.postMessage(0);
    });
  }

  addEventListener("keydown", (event) => {
    if (event.key.length !== 1) return;
    const now = performance.now();
    const began = event.timeStamp > 0 ? Math.min(event.timeStamp, now) : now;
    typed += event.key;
    if (event.key !== " ") awaited.push({ text: typed, began }); // a space at the end of a paragraph is not shown
    afterFrame((end) => times.letter.push(end - began));
  }, true);

  // A key counts until the page has its letter, not until the page changes: a page that lags behind is not flattered.
  function shown(text) {
    const last = awaited.findLastIndex((key) => text.includes(key.text));
    if (last < 0) return;
    const seen = awaited.splice(0, last + 1);
    afterFrame((end) => times.preview.push(...seen.map((key) => end - key.began)));
  }

  const page = document.querySelector("iframe")?.contentDocument;
  if (page) {
    new MutationObserver((changes) => {
      const changed = changes.flatMap((change) => [change.target, ...change.addedNodes]).filter((node) => !["ARTICLE", "BODY", "HTML"].includes(node.nodeName));
      const newest = changed.find((node) => awaited.length > 0 && (node.textContent ?? "").includes(awaited[0].text));
      if (newest) shown(newest.textContent);
    }).observe(page, { subtree: true, childList: true, characterData: true });
  }

  /** Dispatches so many letters into the middle of the text and measures each with the layout it needs. */
  window.__dispatches = async (count) => {
    const content = document.querySelector(".cm-content");
    const view = content.cmTile?.root?.view; // as EditorView.findFromDOM finds it
    if (!view?.dispatch) throw new Error("the editor does not show itself");
    for (let number = 0; number < count; number += 1) {
      const at = view.state.selection.main.head;
      const began = performance.now();
      view.dispatch({ changes: { from: at, insert: "x" }, selection: { anchor: at + 1 }, userEvent: "input.type" });
      content.getBoundingClientRect();
      times.dispatch.push(performance.now() - began);
      await new Promise((next) => setTimeout(next, 120));
    }
    times.dispatched = true;
  };
})(arguments[0]);
