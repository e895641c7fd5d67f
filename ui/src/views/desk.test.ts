import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { call } from "$ui/backend/call";
import type { ArticleShown } from "$ui/backend/gen/ArticleShown";
import type { Edit } from "$ui/backend/gen/Edit";
import { DeskState } from "./desk.svelte";

vi.mock("$ui/backend/call", () => ({ call: vi.fn() }));

const PAUSE = { queue: { rows: [], counts: {} }, library: [], preview: new Promise(() => undefined) };

/** A desk of two articles whose disk takes its time: `latency` for each of its steps. */
class SlowDesk {
  readonly stored: Record<string, { edits: number; body: string }> = { a: { edits: 3, body: "A" }, b: { edits: 5, body: "B" } };
  stale = 0;

  constructor(private readonly latency: (name: string) => number) {}

  async answer(name: string, request: unknown): Promise<unknown> {
    if (name === "save") return this.save(request as Edit);
    if (name === "open_article" || name === "show_article") return this.read((request as { id: string }).id);
    await pass(this.latency(name));
    return PAUSE[name as keyof typeof PAUSE] ?? null;
  }

  /** What is read is what was there when it was asked for, however late the answer is. */
  private async read(id: string): Promise<ArticleShown> {
    const { edits, body } = this.stored[id]!;
    await pass(this.latency("open_article"));
    return {
      id, stage: "draft", edits, saved_at: edits, body, placements: [], leftovers: [], findings: [], approval_lapsed: null, last_decision: null,
      publications: [], jobs: [], caret: null, steps: [], may_publish: false, fields: { headline: id, standfirst: "", keywords: [] },
    } as unknown as ArticleShown;
  }

  private async save({ id, edits, body }: Edit): Promise<unknown> {
    await pass(this.latency("save"));
    const there = this.stored[id]!;
    if (there.edits !== edits) {
      this.stale += 1;
      throw { code: "changed_elsewhere", detail: "", findings: [] };
    }
    this.stored[id] = { edits: edits + 1, body: body ?? there.body };
    await pass(this.latency("save"));
    return { edits: edits + 1, saved_at: 1, stage: "draft", findings: [], approval_lapsed: null, steps: [], may_publish: false, is_current: false };
  }
}

const pass = (ms: number) => new Promise((done) => setTimeout(done, ms));
const screen = { flush: () => undefined, replaceBody: () => undefined, showPage: () => undefined, spellAgain: () => undefined, keepUndo: () => undefined, selected: () => "" };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function sitsDown(disk: SlowDesk) {
  vi.mocked(call).mockImplementation(((name: string, request: unknown) => disk.answer(name, request)) as never);
  return new DeskState(screen, () => undefined);
}

test("an article opened again while its last words are on their way to the disk shows them, and nobody else is editing", async () => {
  const disk = new SlowDesk((name) => (name === "save" ? 20 : 100));
  const desk = sitsDown(disk);
  void desk.open("a");
  await vi.advanceTimersByTimeAsync(100);
  desk.article!.typeBody("A và chữ cuối");
  void desk.open("b");
  await vi.advanceTimersByTimeAsync(100);
  void desk.open("a"); // read before the save has come through
  await vi.advanceTimersByTimeAsync(5000);

  expect(desk.article!.id).toBe("a");
  expect(desk.article!.textNow).toBe("A và chữ cuối");
  desk.article!.typeBody("A và chữ cuối, viết tiếp");
  await vi.advanceTimersByTimeAsync(5000);

  expect(disk.stored["a"]!.body).toBe("A và chữ cuối, viết tiếp");
  expect(disk.stale).toBe(0);
});

test("own saves never race: whatever the disk's pace, switching and echoes of own saves, no save is stale and no word is lost", async () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    const random = randomFrom(seed);
    const disk = new SlowDesk(() => random() * 600);
    const desk = sitsDown(disk);
    const texts: Record<string, string> = { a: "A", b: "B" };
    void desk.open("a");
    await vi.advanceTimersByTimeAsync(1000);

    for (let step = 0; step < 60; step += 1) {
      const open = desk.article!;
      const dice = random();
      if (dice < 0.7) {
        expect(open.textNow).toBe(texts[open.id]);
        open.typeBody((texts[open.id] += "x"));
      } else if (dice < 0.85) {
        void desk.open(open.id === "a" ? "b" : "a");
      } else {
        desk.hear({ articles: [open.id], outbox: random() < 0.5, pictures: false });
      }
      await vi.advanceTimersByTimeAsync(random() * 300);
    }
    await vi.advanceTimersByTimeAsync(60_000);

    expect({ a: disk.stored["a"]!.body, b: disk.stored["b"]!.body }, `seed ${seed}`).toEqual(texts);
    expect(disk.stale, `seed ${seed}`).toBe(0);
  }
});

/** A small repeatable generator (mulberry32), so that a failing afternoon can be had again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
