import { invoke } from "@tauri-apps/api/core";
import type { Commands } from "./gen/Commands";

type Request<N extends keyof Commands> = Commands[N][0] extends null ? [] : [request: Commands[N][0]];

/** The one door to Rust: `call("save", edit)`. Rejects with a `Failure`. */
export function call<N extends keyof Commands>(name: N, ...[request]: Request<N>): Promise<Commands[N][1]> {
  return invoke(name, request === undefined ? {} : { request });
}
