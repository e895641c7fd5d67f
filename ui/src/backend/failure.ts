import type { Failure } from "./gen/Failure";

/** Returns what a command rejected with; anything else is a fault of the window itself. */
export function failureOf(why: unknown): Failure {
  if (typeof why === "object" && why !== null && "code" in why && "detail" in why) return why as Failure;
  return { code: "internal", detail: why instanceof Error ? why.message : String(why), findings: [] };
}
