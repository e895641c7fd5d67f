import { Text } from "@codemirror/state";
import { expect, test } from "vitest";
import { difference, ToldBody } from "./body";

const text = (body: string) => Text.of(body.split("\n"));
const long = Array.from({ length: 3000 }, (_, number) => `Đoạn ${number} 👩‍🌾`).join("\n");

function applied(before: Text, change: ReturnType<typeof difference>): string {
  const body = before.toString();
  return body.slice(0, change.from) + change.insert + body.slice(change.from + change.remove);
}

/** Returns a place that is not within a letter of two code units. */
function between(body: Text, at: number): number {
  return (body.sliceString(at, at + 1).charCodeAt(0) & 0xfc00) === 0xdc00 ? at + 1 : at;
}

test("a change makes one text of the other, wherever it lies, and is small", () => {
  let before = text(long);
  for (let step = 1; step <= 400; step += 1) {
    const from = between(before, (step * 7919) % (before.length - 40));
    const after = before.replace(from, between(before, from + (step % 30)), text(["x", "", "\n", "hai\nba\n\n", "ă 👩‍🌾"][step % 5]!));

    const change = difference(before, after);

    expect(applied(before, change)).toBe(after.toString());
    expect(change.length).toBe(after.length);
    expect(change.insert, `step ${step}`).toBe(JSON.parse(JSON.stringify(change.insert).replace(/\\ud[89a-f]../g, "?")));
    expect(change.remove + change.insert.length).toBeLessThan(4000);
    before = after;
  }
});

test("texts that share nothing, and ends of texts, are told right", () => {
  const bodies = ["", "a", "\n", "a\n", "\na", "aa", "a\na", long, `${long}\n`, `\n${long}`, long.slice(5), "👩", "👨", "a👩b", "a👨b"];
  for (const one of bodies) {
    for (const other of bodies) expect(applied(text(one), difference(text(one), text(other)))).toBe(other);
  }
});

test("a letter of two code units is never cut", () => {
  expect(difference(text("a👩b"), text("a👨b"))).toEqual({ from: 1, remove: 2, insert: "👨", length: 4 });
  expect(difference(text("a𝄞"), text("a𐀞"))).toEqual({ from: 1, remove: 2, insert: "𐀞", length: 3 });
});

test("only who holds the page made of the last body is told a change", () => {
  const told = new ToldBody();
  const [one, two] = [text("Một"), text("Một hai")];

  expect(told.telling(one, 0)).toEqual({ is: "whole", text: "Một" });
  told.made(one, 3);

  expect(told.telling(two, 3)).toEqual({ is: "changed", from: 3, remove: 0, insert: " hai", length: 7 });
  expect(told.telling(two, 2)).toEqual({ is: "whole", text: "Một hai" });
  expect(told.telling(two, 0)).toEqual({ is: "whole", text: "Một hai" });
  expect(told.telling("Một", 3)).toEqual({ is: "whole", text: "Một" });
});
