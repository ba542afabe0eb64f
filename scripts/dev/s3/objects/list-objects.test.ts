import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { firstKeyBehind, listObjects } from "./list-objects";
import { openIndex } from "./object-index";
import { seedObjects } from "./seed-objects";

function seededIndex(keys: Iterable<string>) {
  const dataDir = mkdtempSync(join(tmpdir(), "local-s3-"));
  seedObjects({ dataDir, bucket: "b", keys, body: Buffer.from("x"), contentType: "text/plain" });
  const index = openIndex(dataDir);
  onTestFinished(() => {
    index.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  let rowsRead = 0;
  const counting = {
    ...index,
    rows: (...args: Parameters<typeof index.rows>) => {
      const rows = index.rows(...args);
      rowsRead += rows.length;
      return rows;
    },
  };
  return { index: counting, rowsRead: () => rowsRead };
}

describe("listObjects", () => {
  test("reads no more of 30,000 objects than the folders it shows", () => {
    const names = Array.from({ length: 30_000 }, (_, n) => `folder-${n % 3}/${n}`);
    const { index, rowsRead } = seededIndex(names);
    const listing = listObjects(index, "b", { prefix: "", delimiter: "/", from: null, maxKeys: 1_000 });
    expect(listing.prefixes).toEqual(["folder-0/", "folder-1/", "folder-2/"]);
    expect(listing.next).toBeNull();
    expect(rowsRead()).toBeLessThan(10);
  });

  test("says that there is more only when there is", () => {
    const { index } = seededIndex(["a", "b", "c/1", "c/2"]);
    const list = (maxKeys: number) => listObjects(index, "b", { prefix: "", delimiter: "/", from: null, maxKeys });
    expect(list(2)).toMatchObject({ prefixes: [], next: { key: "b", isInclusive: false } });
    expect(list(3)).toMatchObject({ prefixes: ["c/"], next: null });
    expect(list(0)).toEqual({ objects: [], prefixes: [], next: null });
  });
});

describe("firstKeyBehind", () => {
  test.each([
    ["a/", "a0"],
    ["한", "\ud55d"],
    ["\ud7ff", "\ue000"],
    ["a\u{10ffff}", "b"],
  ])("%j: %j", (prefix, expected) => {
    expect(firstKeyBehind(prefix)).toBe(expected);
  });

  test("is null when every key may follow", () => {
    expect(firstKeyBehind("\u{10ffff}")).toBeNull();
    expect(firstKeyBehind("")).toBeNull();
  });
});
