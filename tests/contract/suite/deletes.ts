import { describe, expect, test } from "vitest";
import type { ContractServer } from "../contract-server";
import { inParallel, text } from "../helpers";

export function deletesContract({ storage, put, listKeys, isThorough }: ContractServer) {
  describe("deleting many", () => {
    const count = isThorough ? 1_050 : 105;
    test(`deletes ${count}, missing and odd ones too`, async () => {
      const keys = Array.from({ length: count }, (_, n) => `delete/${n} & <${n}>`);
      await inParallel(keys, (key) => put(key, text("x")));
      await put("delete-not/this");
      expect(await storage.deleteMany([...keys, "delete/never was"])).toEqual([]);
      expect((await listKeys({ prefix: "delete" })).keys).toEqual(["delete-not/this"]);
    });

    test("of none does nothing", async () => {
      expect(await storage.deleteMany([])).toEqual([]);
    });

    test("deletes a key that XML cannot carry", async () => {
      const keys = ["delete-xml/a\u0001b", "delete-xml/plain"];
      for (const key of keys) await put(key);
      expect((await listKeys({ prefix: "delete-xml/" })).keys).toEqual(keys);
      expect(await storage.deleteMany(keys)).toEqual([]);
      expect((await listKeys({ prefix: "delete-xml/" })).keys).toEqual([]);
    });
  });
}
