import type { Hash } from "$ui/backend/gen/Hash";
import type { PlacementWords } from "$ui/backend/gen/PlacementWords";
import type { JobActs } from "$ui/parts/job";
import type { WithdrawAct } from "$ui/parts/standing";
import type { Slot } from "$ui/backend/gen/Slot";

/** What can be done with pictures. */
export interface PictureActs {
  onwords(words: PlacementWords): void;
  onchoose(slot: Slot): void;
  onpaste(slot: Slot): void;
  onput(picture: Hash, slot: Slot): void;
  ontakeout(placement: string): void;
  onremove(placement: string): void;
  onshow(placement: string): void;
  onwatch(): void;
}

/** What can be done with what readers see, and with what is on its way to them. */
export interface ReadersActs extends JobActs {
  onopenpage(portal: string): void;
  onwithdraw(act: WithdrawAct, portal?: string): void;
  onopen(article: string): void;
}
