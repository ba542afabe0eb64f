import { beforeAll, describe, expect, test } from "vitest";
import type { ContractServer } from "../contract-server";
import { inParallel, md5, text } from "../helpers";

export function listingsContract({ storage, put, listKeys, isThorough }: ContractServer) {
  describe("a listing", () => {
    const count = isThorough ? 2_500 : 250;
    const names = Array.from({ length: count }, (_, n) => `many/a folder+${n % 5}/${String(n).padStart(4, "0")} &.txt`);
    const ordered = [...names].sort();
    beforeAll(async () => {
      await inParallel(names, (key) => put(key, text("x")));
    });

    test(`of ${count} objects comes in pages, complete and in order`, async () => {
      const { keys, pageSizes } = await listKeys({ prefix: "many/" });
      expect(keys).toEqual(ordered);
      expect(pageSizes).toEqual(isThorough ? [1000, 1000, 500] : [250]);
    });

    test("tells size, ETag and time", async () => {
      for await (const { objects } of storage.list({ prefix: ordered[0] })) {
        expect(objects).toMatchObject([{ key: ordered[0], bytes: 1, etag: md5(text("x")) }]);
        expect(Math.abs(Date.now() - Number(objects[0]?.modifiedAt))).toBeLessThan(10 * 60_000);
      }
    });

    test("takes a page size", async () => {
      const { keys, pageSizes } = await listKeys({ prefix: "many/a folder+0/", pageSize: 0.12 * count });
      expect(keys).toEqual(ordered.filter((key) => key.startsWith("many/a folder+0/")));
      expect(pageSizes).toEqual([0.12 * count, 0.08 * count]);
    });

    test("folds subfolders with a delimiter", async () => {
      await put("folders/b/1");
      await put("folders/b/2");
      await put("folders/b/deep/er");
      await put("folders/a file");
      await put("folders/c & d+e/1");
      await put("folders/한글/1");
      await put("folders/zz");
      await put("folders-too/1");
      expect(await listKeys({ prefix: "folders/", delimiter: "/" })).toMatchObject({
        keys: ["folders/a file", "folders/zz"],
        prefixes: ["folders/b/", "folders/c & d+e/", "folders/한글/"],
      });
      expect((await listKeys({ prefix: "folders/b", delimiter: "/" })).prefixes).toEqual(["folders/b/"]);
      expect((await listKeys({ prefix: "folder", delimiter: "/" })).prefixes).toEqual(["folders-too/", "folders/"]);
    });

    test("folds subfolders over several pages, each once", async () => {
      const { keys, prefixes, pageSizes } = await listKeys({ prefix: "many/", delimiter: "/", pageSize: 2 });
      expect(keys).toEqual([]);
      expect(prefixes).toEqual([0, 1, 2, 3, 4].map((n) => `many/a folder+${n}/`));
      expect(pageSizes).toEqual([2, 2, 1]);
    });

    test("starts after a key, existing or not", async () => {
      const keysAfter = (startAfter: string) => listKeys({ prefix: "many/", startAfter });
      expect((await keysAfter(ordered[0.96 * count - 1] ?? "")).keys).toEqual(ordered.slice(0.96 * count));
      expect((await keysAfter("many/a folder+4/")).keys).toEqual(ordered.slice(0.8 * count));
      expect((await keysAfter("many/a folder+4/2")).keys).toEqual(ordered.filter((key) => key > "many/a folder+4/2"));
      expect((await keysAfter("many/zzz")).keys).toEqual([]);
      expect((await keysAfter("a key before the prefix")).keys).toEqual(ordered);
    });

    test("of nothing is one empty page", async () => {
      expect(await listKeys({ prefix: "nothing here/" })).toEqual({ keys: [], prefixes: [], pageSizes: [0] });
    });

    test("in parallel yields every object exactly once", async () => {
      const keys: string[] = [];
      for await (const objects of storage.listParallel("many/")) keys.push(...objects.map((object) => object.key));
      expect(keys.sort()).toEqual(ordered);
    });

    test("shows a folder marker as an object of its folder", async () => {
      await put("marked/", Buffer.alloc(0));
      await put("marked/one");
      expect((await listKeys({ prefix: "marked/", delimiter: "/" })).keys).toEqual(["marked/", "marked/one"]);
    });
  });
}
