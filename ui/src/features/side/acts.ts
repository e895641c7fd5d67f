import type { Hash } from "$ui/backend/gen/Hash";
import type { PlacementWords } from "$ui/backend/gen/PlacementWords";
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
export interface OutboxActs {
  onresend(job: string): void;
  oncancel(job: string): void;
  onpassword(portal: string): void;
  onreplace(job: string, portal: string): void;
  onopenpage(portal: string): void;
}
