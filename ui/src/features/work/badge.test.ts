import { expect, test } from "vitest";
import type { JobShown } from "$ui/backend/gen/JobShown";
import type { PublicationShown } from "$ui/backend/gen/PublicationShown";
import { marksOf } from "./badge";

const job = (state: JobShown["state"]): JobShown => ({
  id: state, article: "a", headline: "", portal: "local", act: "publish", state, attempts: 1, last_answer: "", made_at: 1, next_at: null, may_resend: true, may_cancel: true, may_replace: false,
  obstacle: null, not_before: null, zone: "", late_by: null, clock_ahead: null, held_for: null, recalled: false, may_retime: false, bytes_sent: 0, bytes_total: 0,
});
const live = (is_current: boolean): PublicationShown => ({ portal: "local", state: "live", url: "http://x", live_since: 5, stands_since: 5, away: null, is_current, differences: [] });
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
test("what was taken away is never called live, and gone only once its page is", () => {
  const away = (state: PublicationShown["state"], how: PublicationShown["away"]) => kinds([{ ...live(false), state, away: how }], []);

  expect(away("killed", "gone")).toEqual(["away"]);
  expect(away("taken_down", "accepted")).toEqual(["accepted"]);
  expect(away("unpublished", "still_readable")).toEqual(["readable"]);
  expect(kinds([{ ...live(true), away: "asked" }], [{ ...job("sending"), act: "kill" }]), "until the portal has confirmed it, it is live").toEqual(["queued", "live"]);
});

test("what readers still get, though it was said to be gone, stands before what is on its way", () => {
  expect(kinds([{ ...live(false), state: "killed", away: "still_readable" }], [job("sending"), job("refused")])).toEqual(["failed", "readable", "queued"]);
});

const PUBLICATIONS = ["never", "queued", "live", "corrected", "unpublished", "taken_down", "killed"] as const satisfies PublicationShown["state"][];
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
