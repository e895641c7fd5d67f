/** Times as people say them, and days and times as people write them. */

import { language, number, t } from "./index";

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

/** Returns the zone this machine is in, by its IANA name. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Returns a time as it reads in another zone, with that zone's name; empty where it reads the same here. */
export function saidIn(at: number, zone: string, now: number): string {
  const there = zone === "" ? null : wall(at, zone);
  if (there === null || there.getTime() === wall(at, ownZone())?.getTime()) return "";
  return t("when.in_zone", { when: `${day(there.getTime(), now)} ${clock(there.getTime())}`, zone: zoneName(zone) });
}

/** Returns a zone as people read it: `America/New York`. */
export function zoneName(zone: string): string {
  return zone.replaceAll("_", " ");
}

/** Returns what a clock on the wall shows in a zone, as if it were here; `null` where the zone is not known. */
function wall(at: number, zone: string): Date | null {
  try {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).formatToParts(at);
    const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
    return new Date(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  } catch {
    return null;
  }
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

/** Returns a stored time (RFC 3339) as people write it here, `11/12/2025 14:30`; anything else as it is. */
export function writtenTime(stored: string): string {
  const at = Date.parse(stored);
  if (stored === "" || Number.isNaN(at)) return stored;
  const date = new Date(at);
  return `${two(date.getDate())}/${two(date.getMonth() + 1)}/${date.getFullYear()} ${clock(at)}`;
}

/** Returns what is stored of a time as written in this machine's zone (RFC 3339, UTC); `null` where it is none. */
export function storedTime(written: string): string | null {
  const text = written.trim();
  if (text === "") return "";
  const found = /^(.+?)[\s,T]+(\d{1,2})(?::|h|g)(\d{2})$/.exec(text);
  const date = found === null ? null : storedDay(found[1] ?? "");
  if (found === null || !date) return null;
  const [hour, minute] = [Number(found[2]), Number(found[3])];
  if (hour > 23 || minute > 59) return null;
  return new Date(`${date}T${two(hour)}:${two(minute)}:00`).toISOString().replace(/\.\d{3}Z$/, "Z");
}
