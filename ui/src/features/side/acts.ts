import type { Hash } from "$ui/backend/gen/Hash";
import type { PlacementWords } from "$ui/backend/gen/PlacementWords";
import type { JobActs } from "$ui/parts/job";
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

/** What can be done with what was sent. */
export interface OutboxActs extends JobActs {
  onopenpage(portal: string): void;
}
