/** What readers see, made up: every way in which an edition can be on its way from them. */

import type { ArticleShown } from "../src/backend/gen/ArticleShown";
import type { LiveShown } from "../src/backend/gen/LiveShown";
import type { PlaceLive } from "../src/backend/gen/PlaceLive";
import type { WithdrawalSummary } from "../src/backend/gen/WithdrawalSummary";

const MINUTE = 60_000;

function place(of: Partial<PlaceLive>): PlaceLive {
  const since = Date.now() - 9 * MINUTE;
  return {
    portal: "local", standing: "live", url: "http://127.0.0.1:8300/ms/sweden-dan-vietnam-bekerjasama.html", since, corrections: 0, is_current: true, differences: [], away: null,
    page: { looks: 0, looked_at: null, look_at: null, answer: "", gone_at: null },
    last_act: { act: "publish", person: "Lan", made_at: since, reason: "", asked_by: "", public_notice: "" }, job: null, may: ["unpublish", "takedown"], ...of,
  };
}

const killed = { act: "kill", person: "Minh", made_at: Date.now() - 2 * MINUTE, reason: "Nama dalam perenggan kedua salah orang.", asked_by: "", public_notice: "" } as const;
const looked = { looks: 3, looked_at: Date.now() - MINUTE / 2, look_at: Date.now() + MINUTE, answer: "200", gone_at: null };

export function readers(of: ArticleShown, scene: string): LiveShown {
  const { id, fields, jobs } = of;
  const edition = { article: id, headline: fields.headline, language: fields.language };
  const isKilled = scene === "killed";
  const gone = { standing: "killed", away: "gone", may: [], last_act: killed, page: { ...looked, answer: "410", look_at: null, gone_at: Date.now() } } as const;
  const own = isKilled
    ? [place({ ...gone, may: [] }), place({ portal: "vietnam-vn", standing: "killed", away: "still_readable", may: [], last_act: killed, page: looked })]
    : of.publications.map(({ portal, url, differences }) => place({ portal, url, differences }));
  const waiting = jobs[0] === undefined ? null : { ...jobs[0], act: "kill" as const, state: "retry_later" as const, last_answer: "the portal cannot be reached", may_cancel: false };
  const others = isKilled ? [{ article: "other", headline: "Thuỵ Điển và Việt Nam hợp tác về y tế", language: "vi", places: [place({ away: "asked", job: waiting, may: [], last_act: killed })] }] : [];
  return {
    article: id, editions: [{ ...edition, places: own }, ...others], may_kill: own.length > 0 && !isKilled,
    killed: isKilled ? { act: "kill", person: "Minh", reason: killed.reason, made_at: killed.made_at } : null,
  };
}

export function taken_away({ id, fields }: ArticleShown, asked: Record<string, unknown>): WithdrawalSummary {
  const one = { article: id, headline: fields.headline, language: fields.language, portal: "local", url: "http://127.0.0.1:8300/ms/sweden-dan-vietnam-bekerjasama.html", for_good: true };
  return {
    decision: "0199", article: id, act: asked["act"] as WithdrawalSummary["act"], portal: String(asked["portal"]), editions: 2, portals: 2, cancelled: 1,
    taken: [one, { ...one, article: "other", language: "vi", headline: "Thuỵ Điển và Việt Nam hợp tác về y tế", portal: "vietnam-vn", url: "", for_good: false }],
  };
}
