import { expect, test } from "vitest";
import { type Entry, withBegun, withFiles } from "./use-uploads";

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
