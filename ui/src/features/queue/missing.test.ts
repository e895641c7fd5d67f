import { beforeEach, expect, test } from "vitest";
import { spoken } from "$ui/words/spoken.svelte";
import { missing } from "./missing";

beforeEach(() => {
  spoken.language = "en";
});

test("a row says in a word what it lacks, and all of it to whoever asks", () => {
  expect(missing({ pictures: 3, pictures_wanted: 0, words_missing: 0 })).toEqual({ short: "", whole: "", all: false });
  expect(missing({ pictures: 3, pictures_wanted: 3, words_missing: 0 }).short).toBe("3 pictures wanted");
  expect(missing({ pictures: 3, pictures_wanted: 1, words_missing: 2 })).toEqual({
    short: "1 wanted",
    whole: "1 wanted · 2 without caption, credit or alt",
    all: false,
  });
  expect(missing({ pictures: 2, pictures_wanted: 0, words_missing: 1 }).short).toBe("1 incomplete");
  expect(missing({ pictures: 2, pictures_wanted: 0, words_missing: 2 })).toMatchObject({ short: "2 pictures incomplete", all: true });
});
