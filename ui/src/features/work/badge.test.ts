import { expect, test } from "vitest";
import type { JobShown } from "$ui/backend/gen/JobShown";
import type { PublicationShown } from "$ui/backend/gen/PublicationShown";
import { marksOf } from "./badge";

const job = (state: JobShown["state"]): JobShown => ({
  id: state, article: "a", headline: "", portal: "local", state, attempts: 1, last_answer: "", made_at: 1, next_at: null, may_resend: true, may_cancel: true, may_replace: false,
});
const live = (is_current: boolean): PublicationShown => ({ portal: "local", state: "live", url: "http://x", live_since: 5, is_current, differences: [] });

test("a failure stands before what is on its way, and that before what is live", () => {
  const marks = marksOf([live(true)], [job("confirmed"), job("sending"), job("refused"), job("cancelled")]);

  expect(marks.map((mark) => mark.kind)).toEqual(["failed", "queued", "live"]);
});

test("live text that differs from the desk's is said to be old", () => {
  expect(marksOf([live(false)], []).map((mark) => mark.kind)).toEqual(["old"]);
});

test("what was never sent has no marks", () => {
  expect(marksOf([{ ...live(false), state: "queued", url: "" }], [])).toEqual([]);
});
