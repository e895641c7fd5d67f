// How long the window could hear no key: the gaps of a chain of timers. What a gap holds before its frame is script (ours,
// with the layout that script asks for); what follows in the same gap is the web view's own style, layout and paint.
(function () {
  window.__blocked?.stop();
  const seen = { script: 0, whole: 0, gaps: [] };
  let last = performance.now();
  let frame = 0;
  let worked = last;
  let goesOn = true;
  (function beat() {
    if (!goesOn) return;
    const now = performance.now();
    const script = frame > last ? frame - last : now - last;
    seen.script = Math.max(seen.script, script);
    seen.whole = Math.max(seen.whole, now - last);
    if (now - last > 12) worked = now;
    if (now - last > 50) seen.gaps.push([Math.round(script), Math.round(now - last)]);
    last = performance.now();
    setTimeout(beat, 1);
  })();
  (function paint() {
    if (!goesOn) return;
    frame = performance.now();
    requestAnimationFrame(paint);
  })();
  window.__blocked = { seen, worked: () => worked, stop: () => (goesOn = false) };
})();
