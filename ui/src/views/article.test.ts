import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { call } from "$ui/backend/call";
import type { ArticleShown } from "$ui/backend/gen/ArticleShown";
import type { Edit } from "$ui/backend/gen/Edit";
import type { Saved } from "$ui/backend/gen/Saved";
import { OpenArticle } from "./article.svelte";

vi.mock("$ui/backend/call", () => ({ call: vi.fn() }));

const opened = (said: Partial<ArticleShown> = {}): ArticleShown =>
  ({
    id: "a", stage: "draft", edits: 3, saved_at: 1, body: "one", placements: [], leftovers: [], findings: [], approval_lapsed: null,
    last_decision: null, publications: [], jobs: [], caret: null, steps: ["submit"], may_publish: false,
    fields: { headline: "Tít", standfirst: "Sapo", keywords: [] }, ...said,
  }) as unknown as ArticleShown;

const placement = (said: object = {}) => ({ id: "p", position: "lead", caption: "", credit_line: "", alt: "", seen_as: "", picture: null, ...said });

const answers: Record<string, (request: never) => unknown> = {};
const saves: Edit[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  saves.length = 0;
  for (const name of Object.keys(answers)) Reflect.deleteProperty(answers, name);
  answers["save"] = (edit: Edit): Saved => {
    saves.push(edit);
    return { edits: edit.edits + 1, saved_at: 2, stage: "draft", findings: [], approval_lapsed: null, steps: [], may_publish: false, is_current: false };
  };
  answers["preview"] = () => new Promise(() => undefined);
  vi.mocked(call).mockImplementation((async (name: string, request: never) => answers[name]?.(request)) as never);
});
afterEach(() => vi.useRealTimers());

/** The editor, as far as it matters: its text is told with `typeBody`. */
function onScreen(article: OpenArticle) {
  const replaceBody = vi.fn();
  article.screen = { flush: () => undefined, replaceBody, showPage: () => undefined, spellAgain: () => undefined };
  return { replaceBody };
}

test("body, fields and words typed together are one save", async () => {
  const article = new OpenArticle(opened({ placements: [placement()] as never }));

  article.typeBody("one two");
  article.typeField("headline", "Tít mới");
  article.typeWords({ id: "p", alt: "Cầu" });
  await article.flush();

  expect(saves).toMatchObject([{ id: "a", edits: 3, body: "one two", fields: { headline: "Tít mới", standfirst: "Sapo" }, placements: [{ id: "p", alt: "Cầu" }] }]);
  expect(article.placements[0]).toMatchObject({ alt: "Cầu" });
});

test("a command runs on what is saved, and its answer is shown", async () => {
  const article = new OpenArticle(opened());
  const { replaceBody } = onScreen(article);
  article.typeBody("one two");

  const command = vi.fn(async (edits: number) => opened({ edits: edits + 1, body: "one two\n\n![](photo:p)\n", placements: [placement()] as never }));
  await article.change(command);

  expect(command).toHaveBeenCalledWith(4);
  expect(replaceBody).toHaveBeenCalledWith("one two\n\n![](photo:p)\n", "one two");
  expect(article.placements).toHaveLength(1);
  article.typeField("kicker", "Y tế");
  await article.flush();
  expect(saves[1]).toMatchObject({ edits: 5 });
});

test("what another writer saved is shown, but a field typed meanwhile stays as typed", async () => {
  const article = new OpenArticle(opened());
  onScreen(article);
  const theirs = opened({ edits: 9, fields: { headline: "Của họ", standfirst: "Sapo của họ", keywords: [] } as never });
  answers["show_article"] = () => {
    article.typeField("headline", "Của tôi");
    return theirs;
  };

  await article.refresh();

  expect(article.fields).toMatchObject({ headline: "Của tôi", standfirst: "Sapo của họ" });
  await article.flush();
  expect(saves[0]).toMatchObject({ edits: 9, fields: { headline: "Của tôi", standfirst: "Sapo của họ" } });
});

test("two writers at once: both texts are kept until one is chosen", async () => {
  const article = new OpenArticle(opened());
  const { replaceBody } = onScreen(article);
  const keep = answers["save"];
  answers["save"] = () => Promise.reject({ code: "changed_elsewhere", detail: "", findings: [] });
  answers["show_article"] = () => opened({ edits: 8, body: "theirs" });

  article.typeBody("mine");
  await expect(article.flush()).rejects.toMatchObject({ code: "changed_elsewhere" });
  expect(article.clash).toMatchObject({ theirs: { body: "theirs" }, mine: { body: "mine" } });

  if (keep) answers["save"] = keep;
  const kept: Edit[] = [];
  answers["keep_both"] = (side: Edit) => kept.push(side);
  await article.takeMine();
  expect(kept).toMatchObject([{ body: "mine" }]);
  await article.flush();
  expect(saves[0]).toMatchObject({ edits: 8, body: "mine" });
  expect(replaceBody).not.toHaveBeenCalled();
  expect(article.clash).toBeNull();
});

test("theirs, when it is chosen, takes the place of all of mine", async () => {
  const article = new OpenArticle(opened());
  const { replaceBody } = onScreen(article);
  answers["save"] = () => Promise.reject({ code: "changed_elsewhere", detail: "", findings: [] });
  answers["show_article"] = () => opened({ edits: 8, body: "theirs", fields: { headline: "Của họ", standfirst: "", keywords: [] } as never });

  article.typeBody("mine");
  article.typeField("headline", "Của tôi");
  await expect(article.flush()).rejects.toMatchObject({ code: "changed_elsewhere" });
  answers["keep_both"] = () => Promise.reject({ code: "disk_full", detail: "", findings: [] });
  await expect(article.takeTheirs()).rejects.toMatchObject({ code: "disk_full" });
  expect(article.clash).not.toBeNull(); // nothing is lost: it is asked still
  const kept: Edit[] = [];
  answers["keep_both"] = (side: Edit) => kept.push(side);
  await article.takeTheirs();
  expect(kept).toMatchObject([{ body: "mine", fields: { headline: "Của tôi" } }]);

  expect(article.fields.headline).toBe("Của họ");
  expect(replaceBody).toHaveBeenCalledWith("theirs", "mine");
  expect(article.isUnsaved).toBe(false);
});

test("the caret is kept with the words before it, and by itself where only it moved", async () => {
  const carets: unknown[] = [];
  answers["remember_caret"] = (kept) => carets.push(kept);
  const article = new OpenArticle(opened());

  article.typeBody("one two");
  article.moveCaret({ field: "body", anchor: 7, head: 7 });
  await vi.advanceTimersByTimeAsync(3000);

  expect(saves).toMatchObject([{ body: "one two", caret: { field: "body", anchor: 7, head: 7 } }]);
  expect(carets).toEqual([]);

  article.moveCaret({ field: "body", anchor: 2, head: 2 });
  await vi.advanceTimersByTimeAsync(3000);

  expect(carets).toEqual([{ article: "a", caret: { field: "body", anchor: 2, head: 2 } }]);
});
