/** The zone the newsroom works by; what is shown follows it. */

const chosen: { zone: string } = $state({ zone: "" });

/** Returns the zone this machine is in, by its IANA name. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Returns the newsroom's zone. */
export function newsroomZone(): string {
  return chosen.zone || ownZone();
}

/** Works by this zone from now on; empty is this machine's. */
export function workBy(zone: string): void {
  chosen.zone = zone;
}
