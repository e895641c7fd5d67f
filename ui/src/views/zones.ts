/** The zones a newsroom can work by, as the palette lists them. */

import { t } from "$ui/words";
import { offsetName, zoneName } from "$ui/words/when";
import { ownZone } from "$ui/words/zone.svelte";
import type { Entry } from "./palette";

/** The machine's own zone, whatever it is. */
export const OWN = "own";

/** Returns the zones there are; the machine's own first. */
export function zoneEntries(now: number): Entry[] {
  const sought = (zone: string) => `${zone.replaceAll(/[/_]/g, " ")} ${zoneName(zone) === t("zone.vietnam") ? "Ho Chi Minh Sài Gòn Hà Nội" : ""}`;
  const entry = (id: string, zone: string, name: string): Entry => ({ id, name, group: offsetName(now, zone), sought: sought(zone), caps: [], not: "" });
  const all = Intl.supportedValuesOf("timeZone").map((zone) => entry(zone, zone, zoneName(zone)));
  return [entry(OWN, ownZone(), t("zone.own", { zone: zoneName(ownZone()) })), ...all];
}
