import { beforeEach, expect, test } from "vitest";
import { said, storedDay, storedTime, writtenDay, writtenTime } from "./when";
import { spoken } from "./spoken.svelte";

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

test("a time is of this machine's zone, and stored in UTC", () => {
  const stored = storedTime("11/12/2025 14:30");

  expect(Date.parse(stored ?? "")).toBe(at("2025-12-11T14:30:00"));
  expect(writtenTime(stored ?? "")).toBe("11/12/2025 14:30");
  for (const wrong of ["14:30", "11/12/2025", "11/12/2025 24:00", "11/12/2025 12:61"]) expect(storedTime(wrong)).toBeNull();
});
