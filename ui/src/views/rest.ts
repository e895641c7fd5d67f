/** Keys that were pressed before the window was closed may still be on their way into it. */

const TYPED = ["keydown", "beforeinput", "compositionupdate"] as const;

/** Resolves once nothing was typed for `rest` milliseconds, or after `most` when somebody goes on and on. */
export function typingRests(rest = 300, most = 3000, target: EventTarget = window): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(quiet);
      clearTimeout(last);
      for (const type of TYPED) target.removeEventListener(type, typed, true);
      resolve();
    };
    const typed = () => {
      clearTimeout(quiet);
      quiet = setTimeout(done, rest);
    };
    let quiet = setTimeout(done, rest);
    const last = setTimeout(done, most);
    for (const type of TYPED) target.addEventListener(type, typed, true);
  });
}
