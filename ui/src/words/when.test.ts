import { beforeEach, expect, test } from "vitest";
import { dayBeside, dayOf, dayRange, inZones, offsetName, said, storedAt, storedDay, writtenDay, writtenTime } from "./when";
import { spoken } from "./spoken.svelte";
import { workBy } from "./zone.svelte";

const at = (text: string) => new Date(text).getTime();
const now = at("2025-12-11T14:30:00");

beforeEach(() => {
  spoken.language = "vi";
});

test("times are as people say them", () => {
  const table: [string, string, string][] = [
    ["2025-12-11T14:29:40", "vừa xong", "just now"],
    ["2025-12-11T14:21:00", "9 phút trước", "9 minutes ago"],
    ["2025-12-11T08:05:00", "08:05 hôm nay", "today 08:05"],
    ["2025-12-10T21:40:00", "hôm qua 21:40", "yesterday 21:40"],
    ["2025-12-12T06:00:00", "06:00 ngày mai", "tomorrow 06:00"],
    ["2025-11-02T06:00:00", "06:00 ngày 2/11", "2/11 06:00"],
    ["2024-11-02T06:00:00", "06:00 ngày 2/11/2024", "2/11/2024 06:00"],
  ];
  for (const [time, vietnamese, english] of table) {
    spoken.language = "vi";
    expect(said(at(time), now)).toBe(vietnamese);
    spoken.language = "en";
    expect(said(at(time), now)).toBe(english);
  }
});

test("a day is read day first, and stored year first", () => {
  expect(storedDay("11/12/2025")).toBe("2025-12-11");
  expect(storedDay(" 1.2.2025 ")).toBe("2025-02-01");
  expect(storedDay("2025-12-11")).toBe("2025-12-11");
  expect(storedDay("")).toBe("");
  for (const wrong of ["31/2/2025", "12/2025", "hôm qua", "11/12/25"]) expect(storedDay(wrong)).toBeNull();
  expect(writtenDay("2025-12-11")).toBe("11/12/2025");
});

test("a time reads in the newsroom's zone first, then in the one it was typed in", () => {
  workBy("Asia/Ho_Chi_Minh");
  const [time, now] = [Date.parse("2026-11-25T11:00:00Z"), Date.parse("2026-11-24T20:00:00Z")];
  const table: [string, string[], string[]][] = [
    ["Europe/Berlin", ["18:00 hôm nay giờ Việt Nam", "12:00 ngày mai giờ Berlin"], ["today 18:00 Vietnam time", "tomorrow 12:00 Berlin time"]],
    ["Asia/Bangkok", ["18:00 hôm nay giờ Việt Nam"], ["today 18:00 Vietnam time"]], // reads the same
    ["", ["18:00 hôm nay giờ Việt Nam"], ["today 18:00 Vietnam time"]],
    ["Nowhere/At_All", ["18:00 hôm nay giờ Việt Nam"], ["today 18:00 Vietnam time"]],
  ];
  for (const [typed, vietnamese, english] of table) {
    spoken.language = "vi";
    expect(inZones(time, typed, now)).toEqual(vietnamese);
    spoken.language = "en";
    expect(inZones(time, typed, now)).toEqual(english);
  }
});

test("in a list the newsroom's zone needs no name", () => {
  workBy("Asia/Ho_Chi_Minh");
  const time = Date.parse("2026-11-25T11:00:00Z");

  expect(inZones(time, "Europe/Berlin", time, true)).toEqual(["18:00 hôm nay", "12:00 hôm nay giờ Berlin"]);
});

test("where the newsroom is where the machine is, its zone needs no name", () => {
  workBy("");
  const time = at("2025-12-12T18:00:00");

  expect(inZones(time, "", now)).toEqual(["18:00 ngày mai"]);
});

test("a stored time is written in the zone it was typed in", () => {
  workBy("Asia/Ho_Chi_Minh");

  expect(writtenTime("2026-11-25T11:00:00Z[Asia/Ho_Chi_Minh]")).toBe("18:00 25/11/2026");
  expect(writtenTime("2026-11-25T11:00:00Z")).toBe("18:00 25/11/2026");
  expect(writtenTime("2026-11-25T11:00:00Z[America/New_York]")).toBe("06:00 25/11/2026 New York");
  expect(writtenTime("")).toBe("");
  expect(storedAt("2026-11-25T11:00:00Z[Asia/Ho_Chi_Minh]")).toEqual({ at: Date.parse("2026-11-25T11:00:00Z"), zone: "Asia/Ho_Chi_Minh" });
  expect(storedAt("mai")).toBeNull();
});

test("which of two times it is shows in its offset", () => {
  expect(offsetName(Date.parse("2026-10-25T00:30:00Z"), "Europe/Berlin")).toBe("UTC+2");
  expect(offsetName(Date.parse("2026-10-25T01:30:00Z"), "Europe/Berlin")).toBe("UTC+1");
  expect(offsetName(Date.parse("2026-10-25T01:30:00Z"), "America/St_Johns")).toBe("UTC−2:30");
});

test("a day has its neighbours, and lasts from one midnight to the next", () => {
  expect(dayOf(at("2025-12-31T23:59:59"))).toBe("2025-12-31");
  expect(dayBeside("2025-12-31", 1)).toBe("2026-01-01");
  expect(dayBeside("2024-03-01", -1)).toBe("2024-02-29");
  expect(dayRange("2025-12-11")).toEqual({ from: at("2025-12-11T00:00:00"), to: at("2025-12-12T00:00:00") });
});
