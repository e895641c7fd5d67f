import { expect, test } from "vitest";
import { found, plain } from "./match";

const all = ["Xuất bản…", "Xuất ra tệp…", "Đi tới: Tít", "Gửi duyệt", "Duyệt", "Bài mới", "Danh sách: Bài của tôi"].map((name) => ({ name, plain: plain(name) }));
const names = (asked: string) => found(asked, all).map((one) => one.name);

test("tones and capitals may be left out", () => {
  expect(names("xuat ban")).toEqual(["Xuất bản…"]);
  expect(names("XUẤT BẢN")).toEqual(["Xuất bản…"]);
  expect(names("di toi")).toEqual(["Đi tới: Tít"]);
});

test("first letters find, and words in any order", () => {
  expect(names("xb")[0]).toBe("Xuất bản…");
  expect(names("moi bai")[0]).toBe("Bài mới");
});

test("what begins with the words stands before what has them further on", () => {
  expect(names("duyet")).toEqual(["Duyệt", "Gửi duyệt"]);
});

test("letters in order find, strewn ones do not", () => {
  expect(names("dyet")).toContain("Duyệt");
  expect(names("dst")).not.toContain("Xuất bản…");
  expect(names("zzz")).toEqual([]);
});

test("nothing asked shows all, in their order", () => {
  expect(names(" ")).toEqual(all.map((one) => one.name));
});
