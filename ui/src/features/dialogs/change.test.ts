import { expect, test } from "vitest";
import type { PublishSummary } from "$ui/backend/gen/PublishSummary";
import { isChange, isWhole, unnamed } from "./change";

const summary = (...acts: PublishSummary["acts"]) => ({ acts }) as unknown as PublishSummary;

test("what is not live yet is published without a question", () => {
  expect(unnamed(summary("publish")).act).toBe("publish");
  expect(isChange(summary("publish"))).toBe(false);
});

test("of what is live somebody says what the change is, even where it can only be one or the other", () => {
  expect(unnamed(summary("update", "correct")).act).toBeNull();
  expect(isWhole(unnamed(summary("update", "correct")))).toBe(false);
  expect(isChange(summary("update", "correct"))).toBe(true);
  expect(isChange(null)).toBe(false);
});

test("a correction tells readers what was wrong", () => {
  expect(isWhole({ act: "correct", public_notice: " \n", reason: "" })).toBe(false);
  expect(isWhole({ act: "correct", public_notice: "The name was wrong.", reason: "" })).toBe(true);
  expect(isWhole({ act: "minor_fix", public_notice: "", reason: "" })).toBe(true);
});
