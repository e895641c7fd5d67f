import { en } from "$ui/words/en";
import { t, type Key } from "$ui/words";

/** Returns the words of a decision; one we do not know is shown as it is logged. */
export function actWords(act: string): string {
  const key = `act.${act}`;
  return key in en ? t(key as Key) : act;
}
