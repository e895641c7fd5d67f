/** Portals made up, with what each can promise. */

import type { LogShown } from "../src/backend/gen/LogShown";
import type { Caps } from "../src/backend/gen/Caps";
import type { PortalConnected } from "../src/backend/gen/PortalConnected";
import type { PortalFound } from "../src/backend/gen/PortalFound";
import type { PortalShown } from "../src/backend/gen/PortalShown";
import type { PortalTerms } from "../src/backend/gen/PortalTerms";

const OURS: Caps = { idempotent: true, preconditions: true, pictures_by_hash: true, credits_as_data: true, language_as_data: true, makes_sizes: false, terms: false, gone_for_good: true, notices_as_data: true, holds: false };
const WORDPRESS: Caps = { idempotent: false, preconditions: false, pictures_by_hash: false, credits_as_data: false, language_as_data: false, makes_sizes: true, terms: true, gone_for_good: false, notices_as_data: false, holds: true };

export function portals(): PortalShown[] {
  return [
    { name: "local", kind: "local", url: "http://127.0.0.1:8300", site_name: "", user: "", on_this_machine: true, connected: true, caps: OURS },
    { name: "vietnam-vn", kind: "native", url: "https://portal.example", site_name: "", user: "", on_this_machine: false, connected: false, caps: OURS },
    { name: "tin.example.vn", kind: "wordpress", url: "https://tin.example.vn", site_name: "Báo Bình Minh", user: "lan", on_this_machine: false, connected: true, caps: WORDPRESS },
  ];
}

/** An address with “native” in it speaks our protocol, one with “nobody” does not answer. */
export function found(url: string): PortalFound {
  if (url.includes("nobody")) throw { code: "portal_unreachable", detail: "the portal cannot be reached: no such host", findings: [] };
  const native = url.includes("native");
  return {
    kind: native ? "native" : "wordpress", url: url.includes("://") ? url : `https://${url}`, site_name: native ? "" : "Báo Cao Nguyên", name: native ? "native.example" : "caonguyen.example.vn",
    may_authorize: !native, caps: native ? OURS : WORDPRESS,
  };
}

export function connected(name: string, url: string, user: string): PortalConnected {
  const portal: PortalShown = { name, kind: "wordpress", url, site_name: "Báo Cao Nguyên", user, on_this_machine: false, connected: true, caps: WORDPRESS };
  return { portal, user, role: "editor", may_publish: true, may_correct: true, in_keyring: false };
}

export function terms(): PortalTerms {
  const names = ["Uncategorized", "Thời sự", "Quốc tế", "Sức khoẻ", "Văn hoá"];
  return {
    terms: names.map((name, at) => ({ kind: "category", id: String(at + 1), name })),
    matched: [{ kind: "category", ours: "peristiwa-semasa", theirs: "2", name: "Thời sự" }],
    category_codes: ["peristiwa-semasa", "suc-khoe"], languages: ["ms", "vi"],
  };
}

export const report = `Tòa Soạn: problem report
made: 2026-11-25T01:10:00Z

[versions]
Tòa Soạn: 0.1.0 (1f2e3d4c5b6a) SQLite 3.53.2
web view: 2.50.6

[log]
2026-11-25T01:09:02.000000Z  INFO toasoan_lib::log:60 began version=0.1.0
`;

/** What a portal confirmed. */
export function publicationLog(): LogShown {
  const said = {
    act: "publish" as const, headline: "Chợ nổi mở lại sau mùa nước", language: "vi", portal: "local", person: "Lan", reason: "", decided_at: Date.now() - 3_600_000,
    attempts: 1, revision: "1a".repeat(32), content_hash: "2bd88fe6".repeat(8), payload_hash: "3c".repeat(32), answer: '{\n  "version": "v1"\n}', differences: [],
  };
  const entry = { number: 1, hash: "9f2c".repeat(16), article: "0199", confirmed_at: Date.now() - 3_590_000, url: "http://127.0.0.1:8700/cho-noi", said };
  return { entries: [{ ...entry, number: 2, said: { ...said, act: "correct" } }, entry], more: false };
}
