import { expect, test } from "vitest";
import { type Entry, isUnfinished, type UploadState, withBegun, withFiles, withPaused, withResumed } from "./entries";

const fileOf = (body: string, name = "a.png") => new File([body], name, { lastModified: 1_700_000_000_000 });
const begunAs = (entries: Entry[], at: number, id: number) => withBegun(entries, entries[at]?.key ?? 0, id);
const ids = (entries: Entry[]) => entries.map(({ id }) => id);

test("two files of one name and size are both there", () => {
  const both = withFiles([], [fileOf("bytes"), fileOf("other")]);
  expect(ids(begunAs(begunAs(both, 0, 1), 1, 2))).toEqual([1, 2]);
});

test("a file that is there twice is one", () => {
  const both = begunAs(withFiles([], [fileOf("bytes"), fileOf("bytes")]), 0, 1);
  expect(begunAs(both, 1, 1)).toEqual([both[0]]);
});

test("a file that failed makes room for itself when it is chosen again", () => {
  const failed = begunAs(withFiles([], [fileOf("bytes")]), 0, 1).map(
    (entry): Entry => ({ ...entry, state: { is: "failed", why: "Not all of it has arrived." } }),
  );
  const again = withFiles(failed, [fileOf("bytes")]);
  expect(begunAs(again, 1, 1)).toEqual([{ ...again[1], id: 1 }]);
});

test("what is refused is said once", () => {
  const once = withFiles([], [fileOf("text", "notes.txt")]);
  expect(withFiles(once, [fileOf("text", "notes.txt")])).toEqual(once);
});

test("only what is under way is paused, and what was paused or failed waits for its turn again", () => {
  const states: UploadState[] = [
    { is: "waiting" },
    { is: "reading", readBytes: 1 },
    { is: "sending", isInTrouble: true },
    { is: "uploaded" },
    { is: "failed", why: "Not all of it has arrived." },
    { is: "refused", why: "It is empty." },
  ];
  const entries = withFiles(
    [],
    states.map((_, n) => fileOf("bytes", `${n}.png`)),
  ).map((entry, n): Entry => ({ ...entry, sentBytes: n, state: states[n] ?? entry.state }));
  const keys = entries.map(({ key }) => key);
  const be = (all: Entry[]) => all.map(({ state }) => state.is);
  const paused = withPaused(entries, keys);
  expect(be(paused)).toEqual(["paused", "paused", "paused", "uploaded", "failed", "refused"]);
  expect(paused.map(({ sentBytes }) => sentBytes)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(paused.map(isUnfinished)).toEqual([true, true, true, false, false, false]);
  expect(be(withPaused(entries, keys.slice(0, 1)))).toEqual(["paused", ...be(entries).slice(1)]);
  expect(be(withResumed(paused, keys))).toEqual(["waiting", "waiting", "waiting", "uploaded", "waiting", "refused"]);
  expect(be(withResumed(paused, keys.slice(1, 2)))).toEqual(be(paused).with(1, "waiting"));
});

test("what failed is read anew before it is sent again, what was paused is not", () => {
  const known = { name: "a.png", bytes: 5, sha256: "0".repeat(64) };
  const states: UploadState[] = [{ is: "paused" }, { is: "failed", why: "The bucket cannot be reached from here." }];
  const entries = withFiles(
    [],
    states.map((_, n) => fileOf("bytes", `${n}.png`)),
  ).map((entry, n): Entry => ({ ...entry, known, state: states[n] ?? entry.state }));
  const resumed = withResumed(
    entries,
    entries.map(({ key }) => key),
  );
  expect(resumed.map((entry) => entry.known)).toEqual([known, null]);
});
