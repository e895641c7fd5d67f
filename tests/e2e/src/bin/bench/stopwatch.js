// From a key to the message after the next animation frame: what a person sees by then is on the screen.
(function () {
  const times = { letter: [], preview: [] };
  window.__stopwatch = times;
  let began = 0;

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
    const mine = event.timeStamp > 0 ? Math.min(event.timeStamp, now) : now;
    began = mine;
    afterFrame((end) => times.letter.push(end - mine));
  }, true);

  const page = document.querySelector("iframe")?.contentDocument;
  if (page) {
    new MutationObserver(() => {
      if (began === 0) return;
      const mine = began;
      began = 0;
      afterFrame((end) => times.preview.push(end - mine));
    }).observe(page, { subtree: true, childList: true, characterData: true });
  }
})();
