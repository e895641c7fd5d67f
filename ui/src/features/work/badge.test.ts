import { expect, test } from "vitest";
import type { JobShown } from "$ui/backend/gen/JobShown";
import type { PublicationShown } from "$ui/backend/gen/PublicationShown";
import { marksOf } from "./badge";

const job = (state: JobShown["state"]): JobShown => ({
  id: state, article: "a", headline: "", portal: "local", state, attempts: 1, last_answer: "", made_at: 1, next_at: null, may_resend: true, may_cancel: true, may_replace: false,
  obstacle: null, not_before: null, zone: "", late_by: null, clock_ahead: null, held_for: null, recalled: false, may_retime: false, bytes_sent: 0, bytes_total: 0,
});
const live = (is_current: boolean): PublicationShown => ({ portal: "local", state: "live", url: "http://x", live_since: 5, is_current, differences: [] });
const kinds = (publications: PublicationShown[], jobs: JobShown[], saved = true) => marksOf(publications, jobs, saved).map((mark) => mark.kind);

test("a failure stands before what is on its way, and that before what is live", () => {
  expect(kinds([live(true)], [job("confirmed"), job("sending"), job("refused"), job("cancelled")])).toEqual(["failed", "queued", "live"]);
});

test("live text that differs from the desk's is said to be old", () => {
  expect(kinds([live(false)], [])).toEqual(["old"]);
});

test("what is typed and not saved, or cannot be saved, is not what readers see", () => {
  expect(kinds([live(true)], [], false)).toEqual(["old"]);
});

test("a page that shows something else than was sent is not called live as it stands", () => {
  expect(kinds([{ ...live(true), differences: ["headline"] } as unknown as PublicationShown], [])).toEqual(["differs"]);
});

test("what was never sent has no marks", () => {
  expect(kinds([{ ...live(false), state: "queued", url: "" }], [])).toEqual([]);
});

const JOBS = ["ready", "waiting_time", "sending", "unknown", "retry_later", "needs_password", "asks_again", "refused", "confirmed", "cancelled"] as const satisfies JobShown["state"][];
const PUBLICATIONS = ["never", "queued", "live", "corrected"] as const satisfies PublicationShown["state"][];
const DONE = new Set<JobShown["state"]>(["confirmed", "cancelled"]);

test("in no case does it say more than is true", () => {
  for (const state of PUBLICATIONS) {
    for (const jobState of JOBS) {
      for (const [is_current, saved] of [[true, true], [true, false], [false, true], [false, false]] as const) {
        const marks = kinds([{ ...live(is_current), state }], [job(jobState)], saved);
        const isLive = state === "live" || state === "corrected";

        expect(marks.includes("live"), "live only what readers see, word for word").toBe(isLive && is_current && saved);
        expect(marks.includes("old")).toBe(isLive && !(is_current && saved));
        expect(marks.filter((kind) => kind === "queued" || kind === "failed").length, "every job that is not done is told of").toBe(DONE.has(jobState) ? 0 : 1);
        expect(marks.includes("queued") && ["retry_later", "needs_password", "asks_again", "refused"].includes(jobState), "a failure is not called on its way").toBe(false);
      }
    }
  }
});
