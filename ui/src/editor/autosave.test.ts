import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { autosave, type Clash, type Options, type SaveState } from "./autosave";

type Change = { body?: string; caption?: string };
type Stored = { edits: number; saved_at: number; body: string };

const merge = (older: Change, newer: Change): Change => ({ ...older, ...newer });
const stale = { code: "changed_elsewhere", detail: "article is at edit 9, not 3" };
const diskFull = { code: "disk_full", detail: "no space left" };

/** A save whose answers the test gives by hand. */
function slowSave() {
  const calls: { changes: Change; edits: number; answer: (edits: number) => void; fail: (why: unknown) => void }[] = [];
  const save = (changes: Change, edits: number) =>
    new Promise<Stored>((resolve, fail) => {
      calls.push({ changes, edits, answer: (to) => resolve({ edits: to, saved_at: to * 10, body: "" }), fail });
    });
  return { save, calls };
}

function desk(save: (changes: Change, edits: number) => Promise<Stored>, more: Partial<Options<Change, Stored, Stored>> = {}) {
  const states: SaveState[] = [];
  const clashes: Clash<Change, Stored>[] = [];
  const saver = autosave<Change, Stored, Stored>(save, {
    opened: { edits: 3, saved_at: 1 },
    merge,
    reread: () => Promise.resolve({ edits: 9, saved_at: 90, body: "theirs" }),
    onclash: (clash) => clashes.push(clash),
    onstate: (state) => states.push(state),
    delay: 300,
    ...more,
  });
  return { saver, states, clashes, is: () => states.map((state) => state.is) };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("the first unsaved key starts the clock and later keys do not restart it", async () => {
  const { save, calls } = slowSave();
  const { saver } = desk(save);

  for (let key = 0; key < 10; key += 1) {
    saver.typed({ body: `text ${key}` });
    await pass(key < 9 ? 33 : 0);
  }
  expect(calls).toHaveLength(0);
  await pass(3);

  expect(calls.map((call) => call.changes)).toEqual([{ body: "text 9" }]);
});

test("never two saves at once: what is typed during a save goes in the next one, at its own time", async () => {
  const { save, calls } = slowSave();
  const { saver } = desk(save);
  saver.typed({ body: "one" });
  await pass(300);

  saver.typed({ body: "two" });
  await pass(250);
  expect(calls).toHaveLength(1);
  calls[0]!.answer(4);
  await pass(49);
  expect(calls).toHaveLength(1);
  await pass(1);

  expect(calls.map((call) => [call.changes, call.edits])).toEqual([[{ body: "one" }, 3], [{ body: "two" }, 4]]);
});

test("a save longer than the delay is followed at once by what was typed meanwhile", async () => {
  const { save, calls } = slowSave();
  const { saver, is } = desk(save);
  saver.typed({ body: "one" });
  await pass(300);
  saver.typed({ body: "two" });
  await pass(2000);
  expect(calls).toHaveLength(1);

  calls[0]!.answer(4);
  await pass(0);
  expect(calls).toHaveLength(2);
  calls[1]!.answer(5);
  await pass(0);

  expect(is()).toEqual(["unsaved", "saving", "unsaved", "saving", "saved"]);
  expect(saver.isUnsaved()).toBe(false);
});

test("changes of different things are composed into one save", async () => {
  const { save, calls } = slowSave();
  const { saver } = desk(save);

  saver.typed({ body: "text" });
  saver.typed({ caption: "Hà Nội" });
  await pass(300);

  expect(calls.map((call) => call.changes)).toEqual([{ body: "text", caption: "Hà Nội" }]);
});

test("a save that failed is told at once, kept, and tried again ever more slowly, but often enough to go on within two seconds", async () => {
  const save = vi.fn<(changes: Change, edits: number) => Promise<Stored>>().mockRejectedValue(diskFull);
  const { saver, states, is } = desk(save);
  saver.typed({ body: "kept" });
  await pass(300);
  expect(states.at(-1)).toEqual({ is: "failed", failure: diskFull });

  const waits = [500, 1000, 1500, 1500, 1500, 1500];
  for (const [at, wait] of waits.entries()) {
    await pass(wait - 1);
    expect(save).toHaveBeenCalledTimes(at + 1);
    await pass(1);
    expect(save).toHaveBeenCalledTimes(at + 2);
  }

  expect(save).toHaveBeenLastCalledWith({ body: "kept" }, 3);
  expect(is()).not.toContain("saved");
});

test("what is typed after a failure joins what failed, and wins where both speak of one thing", async () => {
  const { save, calls } = slowSave();
  const { saver, states } = desk(save);
  saver.typed({ body: "old", caption: "caption" });
  await pass(300);
  saver.typed({ body: "new" });
  calls[0]!.fail(diskFull);
  await pass(0);
  expect(states.at(-1)!.is).toBe("failed");

  await pass(500);
  calls[1]!.answer(4);
  await pass(0);

  expect(calls[1]!.changes).toEqual({ body: "new", caption: "caption" });
  expect(states.at(-1)).toEqual({ is: "saved", at: 40 });
});

test("keys typed while saves fail neither hide the failure nor hurry the next try", async () => {
  const save = vi.fn<(changes: Change, edits: number) => Promise<Stored>>().mockRejectedValue(diskFull);
  const { saver, states } = desk(save);
  saver.typed({ body: "a" });
  await pass(300);

  for (let key = 0; key < 4; key += 1) {
    saver.typed({ body: `a${key}` });
    await pass(100);
  }

  expect(save).toHaveBeenCalledTimes(1);
  expect(states.at(-1)!.is).toBe("failed");
});

test("after a success the next failure starts again with the short wait", async () => {
  const save = vi.fn<(changes: Change, edits: number) => Promise<Stored>>()
    .mockRejectedValueOnce(diskFull).mockRejectedValueOnce(diskFull)
    .mockResolvedValueOnce({ edits: 4, saved_at: 40, body: "" }).mockRejectedValue(diskFull);
  const { saver } = desk(save);
  saver.typed({ body: "a" });
  await pass(300 + 500 + 1000);
  expect(save).toHaveBeenCalledTimes(3);

  saver.typed({ body: "b" });
  await pass(300);
  expect(save).toHaveBeenCalledTimes(4);
  await pass(500);

  expect(save).toHaveBeenCalledTimes(5);
});

test("a save that throws before it answers is a failure like any other", async () => {
  const save = vi.fn(() => { throw new Error("no window"); });
  const { saver, states } = desk(save);

  saver.typed({ body: "a" });
  await pass(300);

  expect(states.at(-1)!.is).toBe("failed");
  expect(saver.isUnsaved()).toBe(true);
});

test("flush saves at once and resolves when it is on disk", async () => {
  const { save, calls } = slowSave();
  const { saver } = desk(save);
  const done = vi.fn();
  saver.typed({ body: "last words" });

  const flushed = saver.flush().then(done);
  await pass(0);
  expect(calls).toHaveLength(1);
  expect(done).not.toHaveBeenCalled();
  calls[0]!.answer(4);
  await flushed;

  expect(saver.isUnsaved()).toBe(false);
  await pass(1000);
  expect(calls).toHaveLength(1);
});

test("flush during a save waits for it and sends the rest", async () => {
  const { save, calls } = slowSave();
  const { saver } = desk(save);
  saver.typed({ body: "one" });
  await pass(300);
  saver.typed({ body: "two" });

  const flushed = saver.flush();
  await pass(0);
  expect(calls).toHaveLength(1);
  calls[0]!.answer(4);
  await pass(0);
  calls[1]!.answer(5);
  await flushed;

  expect(calls.map((call) => call.changes.body)).toEqual(["one", "two"]);
});

test("flush without anything unsaved saves nothing", async () => {
  const { save, calls } = slowSave();

  await desk(save).saver.flush();

  expect(calls).toHaveLength(0);
});

test("a flush that fails says so and the text is still tried again", async () => {
  const save = vi.fn<(changes: Change, edits: number) => Promise<Stored>>()
    .mockRejectedValueOnce(diskFull).mockResolvedValue({ edits: 4, saved_at: 40, body: "" });
  const { saver } = desk(save);
  saver.typed({ body: "sapo" });

  await expect(saver.flush()).rejects.toBe(diskFull);
  await pass(500);

  expect(save).toHaveBeenLastCalledWith({ body: "sapo" }, 3);
  expect(saver.isUnsaved()).toBe(false);
});

test("a change made elsewhere lays both versions before the caller and sends nothing more until it is settled", async () => {
  const save = vi.fn<(changes: Change, edits: number) => Promise<Stored>>()
    .mockRejectedValueOnce(stale).mockResolvedValue({ edits: 10, saved_at: 100, body: "" });
  const { saver, clashes, states } = desk(save);
  saver.typed({ body: "mine" });
  await pass(300);
  saver.typed({ body: "mine, longer" });
  await pass(20_000);
  expect(save).toHaveBeenCalledTimes(1);
  expect(clashes[0]).toMatchObject({ mine: { body: "mine" }, theirs: { body: "theirs" } });
  expect(states.at(-1)).toEqual({ is: "failed", failure: stale });

  clashes[0]!.settle(9, (mine) => ({ body: `${mine.body} + theirs` }));
  await pass(300);

  expect(save).toHaveBeenLastCalledWith({ body: "mine, longer + theirs" }, 9);
  expect(states.at(-1)).toEqual({ is: "saved", at: 100 });
});

test("taking theirs leaves nothing unsaved", async () => {
  const save = vi.fn<(changes: Change, edits: number) => Promise<Stored>>().mockRejectedValue(stale);
  const { saver, clashes, states } = desk(save);
  saver.typed({ body: "mine" });
  await pass(300);

  clashes[0]!.settle(9, () => null);
  await pass(10_000);

  expect(save).toHaveBeenCalledTimes(1);
  expect(saver.isUnsaved()).toBe(false);
  expect(states.at(-1)!.is).toBe("saved");
});

test("flush during a clash rejects and keeps the text", async () => {
  const save = vi.fn<(changes: Change, edits: number) => Promise<Stored>>().mockRejectedValue(stale);
  const { saver } = desk(save);
  saver.typed({ body: "mine" });
  await pass(300);

  await expect(saver.flush()).rejects.toBe(stale);

  expect(saver.stop()).toEqual({ body: "mine" });
});

test("a save that arrived without its answer is no clash", async () => {
  const save = vi.fn<(changes: Change, edits: number) => Promise<Stored>>()
    .mockRejectedValueOnce(stale).mockResolvedValue({ edits: 10, saved_at: 100, body: "" });
  const { saver, clashes, states } = desk(save, { agrees: () => true });
  saver.typed({ body: "theirs" });
  await pass(300);
  expect(clashes).toHaveLength(0);
  expect(states.at(-1)!.is).toBe("saved");

  saver.typed({ body: "more" });
  await pass(300);

  expect(save).toHaveBeenLastCalledWith({ body: "more" }, 9);
});

test("when theirs cannot be read the text is kept and the clash is found again later", async () => {
  const save = vi.fn<(changes: Change, edits: number) => Promise<Stored>>().mockRejectedValue(stale);
  const reread = vi.fn<() => Promise<Stored>>()
    .mockRejectedValueOnce(diskFull).mockResolvedValue({ edits: 9, saved_at: 90, body: "theirs" });
  const { saver, clashes, states } = desk(save, { reread });
  saver.typed({ body: "mine" });
  await pass(300);
  expect(states.at(-1)).toEqual({ is: "failed", failure: diskFull });

  await pass(500);

  expect(clashes).toHaveLength(1);
});

test("a command of the window runs between two saves and its edits are the next base", async () => {
  const { save, calls } = slowSave();
  const { saver } = desk(save);
  let attached: (answer: { edits: number }) => void = () => undefined;
  const attach = vi.fn(() => new Promise<{ edits: number }>((resolve) => { attached = resolve; }));
  saver.typed({ body: "before" });

  const done = saver.between(attach);
  await pass(0);
  expect(attach).not.toHaveBeenCalled();
  calls[0]!.answer(4);
  await pass(0);
  expect(attach).toHaveBeenCalled();
  saver.typed({ body: "during" });
  await pass(1000);
  expect(calls).toHaveLength(1);
  attached({ edits: 5 });
  await done;
  await pass(0);

  expect(calls[1]).toMatchObject({ changes: { body: "during" }, edits: 5 });
});

test("commands run one after the other, and one that fails stops neither saves nor the next command", async () => {
  const { save, calls } = slowSave();
  const { saver } = desk(save);
  const order: string[] = [];

  const first = saver.between(async () => { order.push("first"); throw new Error("refused"); });
  const second = saver.between(async () => { order.push("second"); return { edits: 7 }; });
  await expect(first).rejects.toThrow("refused");
  await second;
  saver.typed({ body: "after" });
  await pass(300);

  expect(order).toEqual(["first", "second"]);
  expect(calls[0]!.edits).toBe(7);
});

test("a command does not run while the text before it cannot be saved", async () => {
  const save = vi.fn<(changes: Change, edits: number) => Promise<Stored>>().mockRejectedValue(diskFull);
  const { saver } = desk(save);
  const approve = vi.fn();
  saver.typed({ body: "unsaved" });

  await expect(saver.between(approve)).rejects.toBe(diskFull);

  expect(approve).not.toHaveBeenCalled();
});

test("a flush waits for a command that runs", async () => {
  const { save, calls } = slowSave();
  const { saver } = desk(save);
  let finish: (answer: { edits: number }) => void = () => undefined;
  const command = saver.between(() => new Promise<{ edits: number }>((resolve) => { finish = resolve; }));
  await pass(0);
  saver.typed({ body: "during" });

  const flushed = saver.flush();
  await pass(1000);
  expect(calls).toHaveLength(0);
  finish({ edits: 8 });
  await command;
  await pass(0);
  calls[0]!.answer(9);
  await flushed;

  expect(calls[0]).toMatchObject({ changes: { body: "during" }, edits: 8 });
});

test("states are told only when they change", async () => {
  const { save, calls } = slowSave();
  const { saver, is } = desk(save);

  for (const body of ["a", "ab", "abc"]) saver.typed({ body });
  await pass(300);
  calls[0]!.answer(4);
  await pass(0);

  expect(is()).toEqual(["unsaved", "saving", "saved"]);
});

test("a random afternoon of keys, slow saves and failures loses nothing and never saves twice at once", async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = randomFrom(seed);
    let stored = { edits: 3, text: "" };
    let atOnce = 0;
    const save = async (changes: Change, edits: number): Promise<Stored> => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      expect(edits).toBe(stored.edits);
      await new Promise((done) => setTimeout(done, random() * 700));
      atOnce -= 1;
      if (random() < 0.3) throw diskFull;
      stored = { edits: edits + 1, text: changes.body ?? stored.text };
      return { edits: stored.edits, saved_at: 0, body: "" };
    };
    const { saver } = desk(save);
    let text = "";

    for (let key = 0; key < 60; key += 1) {
      text += "x";
      saver.typed({ body: text });
      await pass(random() * 400);
    }
    await pass(60_000);

    expect(stored.text).toBe(text);
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

test("in whatever order things happen, nothing is called saved that is not on the disk", async () => {
  let seed = 7;
  const chance = (of: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % of;
  for (let day = 0; day < 60; day += 1) {
    const { save, calls } = slowSave();
    let disk = "opened";
    let typed = "opened";
    const told: SaveState[] = [];
    const { saver, clashes } = desk(save, {
      onstate: (state) => {
        told.push(state);
        if (state.is === "saved") expect(disk, `day ${day}`).toBe(typed);
      },
    });
    let edits = 3;
    for (let event = 0; event < 40; event += 1) {
      const call = calls.shift();
      const what = chance(6);
      if (what < 3) saver.typed({ body: (typed = `text ${day}.${event}`) });
      else if (what === 3) saver.flush().catch(() => undefined);
      else if (what === 4 && call !== undefined) {
        disk = call.changes.body ?? disk;
        edits += 1;
        call.answer(edits);
      } else if (call !== undefined) call.fail(chance(4) === 0 ? stale : diskFull);
      if (what !== 4 && what !== 5 && call !== undefined) calls.unshift(call);
      await pass(chance(900));
      const clash = clashes.pop();
      if (clash !== undefined) clash.settle(edits, (mine) => mine);
      expect(told.at(-1)?.is === "saved" && saver.isUnsaved(), `day ${day}`).toBe(false);
    }
    saver.stop();
  }
});

test("a save that fails is told of within a second of the key", async () => {
  const { save, calls } = slowSave();
  const { saver, is } = desk(save);

  saver.typed({ body: "one" });
  await pass(300);
  calls[0]?.fail(diskFull);
  await pass(0);

  expect(is()).toEqual(["unsaved", "saving", "failed"]);
});
