/** Times as people say them, and days and times as people write them. */

import { language, number, t } from "./index";
import { newsroomZone, ownZone } from "./zone.svelte";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const two = (number: number) => String(number).padStart(2, "0");

/** Returns the time of day, `09:05`. */
export function clock(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Returns a time as people say it: `9 minutes ago`, `yesterday 21:40`. All times are Unix milliseconds. */
export function said(at: number, now: number): string {
  const ago = now - at;
  if (ago >= -MINUTE / 2 && ago < MINUTE) return t("when.now");
  if (ago > 0 && ago < 60 * MINUTE) return t("when.minutes", { n: Math.floor(ago / MINUTE) });
  const days = Math.round((midnight(now) - midnight(at)) / DAY); // rounded: a day with a clock change has 23 or 25 hours
  const time = clock(at);
  if (days === 0) return t("when.today", { time });
  if (days === 1) return t("when.yesterday", { time });
  if (days === -1) return t("when.tomorrow", { time });
  return t("when.day", { day: day(at, now), time });
}

/**
 * Returns a time as it reads in the newsroom's zone and in the one it was typed in: once, where both read the same.
 * `short`: the newsroom's needs no name where it stands first.
 */
export function inZones(at: number, typed: string, now: number, short = false): string[] {
  const zones = [newsroomZone(), typed].filter((zone) => zone !== "" && wall(at, zone) !== null);
  const apart = zones.filter((zone, index) => zones.findIndex((other) => wall(at, other) === wall(at, zone)) === index);
  const [only] = apart;
  // Everybody at this machine reads its own time so.
  if (apart.length === 1 && only !== undefined && wall(at, only) === wall(at, ownZone())) return [inZone(at, only, now)];
  return apart.map((zone, index) => {
    const when = inZone(at, zone, now);
    return short && index === 0 ? when : t("when.in_zone", { when, zone: zoneName(zone) });
  });
}

/** Returns a time as it reads in a zone: `tomorrow 18:00`. */
export function inZone(at: number, zone: string, now: number): string {
  const [there, today] = [wall(at, zone) ?? at, wall(now, zone) ?? now];
  const time = `${two(new Date(there).getUTCHours())}:${two(new Date(there).getUTCMinutes())}`;
  const days = Math.floor(today / DAY) - Math.floor(there / DAY);
  if (days === 0) return t("when.today", { time });
  if (days === 1) return t("when.yesterday", { time });
  if (days === -1) return t("when.tomorrow", { time });
  const [date, year] = [new Date(there), new Date(there).getUTCFullYear()];
  const short = `${date.getUTCDate()}/${date.getUTCMonth() + 1}`;
  return t("when.day", { day: year === new Date(today).getUTCFullYear() ? short : `${short}/${year}`, time });
}

/** Returns a zone as people call it: `Berlin`, `Vietnam`. */
export function zoneName(zone: string): string {
  if (zone === "Asia/Ho_Chi_Minh" || zone === "Asia/Saigon") return t("zone.vietnam");
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** Returns how far a zone is from UTC at a time: `UTC+7`. */
export function offsetName(at: number, zone: string): string {
  const minutes = Math.round(((wall(at, zone) ?? at) - at) / MINUTE);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${two(rest)}`}`;
}

const clocks = new Map<string, Intl.DateTimeFormat | null>();

function clockOf(zone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  let made: Intl.DateTimeFormat | null = null;
  try {
    made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  } catch {
    // a zone that this system does not know
  }
  clocks.set(zone, made);
  return made;
}

/** Returns what a clock on the wall shows in a zone, as if it were UTC; `null` where the zone is not known. */
function wall(at: number, zone: string): number | null {
  const parts = clockOf(zone)?.formatToParts(at);
  if (parts === undefined) return null;
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
}

/** Returns how long something lasted, in its two largest units at most: `3 h 5 min`. */
export function lasted(ms: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / MINUTE));
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const units = [t("lasts.days", { n: days }), t("lasts.hours", { n: hours }), t("lasts.minutes", { n: rest })];
  const counts = [days, hours, rest];
  const first = counts.findIndex((count) => count > 0);
  return units.slice(first, first + 2).filter((_, at) => (counts[first + at] ?? 0) > 0).join(" ");
}

/** Returns a number of bytes as people read it: `1.2 MB`. */
export function sized(bytes: number): string {
  const [unit, by] = bytes < 1_000_000 ? ["kB", 1000] : ["MB", 1_000_000];
  return `${number(Math.round((bytes / (by as number)) * 10) / 10)} ${unit}`;
}

/** Returns a time exactly, for whoever points at it. */
export function exact(at: number): string {
  return new Date(at).toLocaleString(language() === "vi" ? "vi-VN" : "en-GB", { dateStyle: "full", timeStyle: "medium" });
}

function day(at: number, now: number): string {
  const date = new Date(at);
  const short = `${date.getDate()}/${date.getMonth() + 1}`;
  return date.getFullYear() === new Date(now).getFullYear() ? short : `${short}/${date.getFullYear()}`;
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Returns a stored day (`YYYY-MM-DD`) as people write it, `11/12/2025`; anything else as it is. */
export function writtenDay(stored: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(stored);
  return found === null ? stored : `${found[3]}/${found[2]}/${found[1]}`;
}

/** Returns what is stored of a day as written, day first; empty of empty; `null` where it is none. */
export function storedDay(written: string): string | null {
  const text = written.trim();
  if (text === "") return "";
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const found = iso ?? /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})$/.exec(text);
  if (found === null) return null;
  const [year, month, date] = iso ? [found[1], found[2], found[3]] : [found[3], found[2], found[1]];
  return real(Number(year), Number(month), Number(date));
}

function real(year: number, month: number, date: number): string | null {
  const made = new Date(year, month - 1, date);
  const same = made.getFullYear() === year && made.getMonth() === month - 1 && made.getDate() === date;
  return same ? `${String(year).padStart(4, "0")}-${two(month)}-${two(date)}` : null;
}

/** Returns a stored time, and the zone it was typed in (empty where that is not known); `null` where it is none. */
export function storedAt(stored: string): { at: number; zone: string } | null {
  const found = /^([^[]+)(?:\[([^\]]*)\])?$/.exec(stored);
  const at = Date.parse(found?.[1] ?? "");
  return Number.isNaN(at) ? null : { at, zone: found?.[2] ?? "" };
}

/** Returns a stored time as people write it, in the zone it was typed in: `18:00 25/11/2026`, `18:00 25/11/2026 Berlin`. */
export function writtenTime(stored: string): string {
  const time = storedAt(stored);
  if (time === null) return stored;
  const zone = time.zone || newsroomZone();
  const there = new Date(wall(time.at, zone) ?? time.at);
  const day = `${two(there.getUTCDate())}/${two(there.getUTCMonth() + 1)}/${there.getUTCFullYear()}`;
  const written = `${two(there.getUTCHours())}:${two(there.getUTCMinutes())} ${day}`;
  const isHome = wall(time.at, zone) === wall(time.at, newsroomZone());
  return isHome ? written : `${written} ${zone.replaceAll("_", " ").split("/").at(-1)}`;
}

/** Returns the day here on which a time falls, as it is stored (`YYYY-MM-DD`). */
export function dayOf(at: number): string {
  const date = new Date(at);
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Returns the stored day that lies `by` days after another. */
export function dayBeside(stored: string, by: number): string {
  const [year = 0, month = 1, date = 1] = stored.split("-").map(Number);
  return dayOf(new Date(year, month - 1, date + by).getTime());
}

/** Returns when a stored day begins and ends here, Unix milliseconds; the end is not in it any more. */
export function dayRange(stored: string): { from: number; to: number } {
  const midnightOf = (day: string) => new Date(`${day}T00:00:00`).getTime();
  return { from: midnightOf(stored), to: midnightOf(dayBeside(stored, 1)) };
}
