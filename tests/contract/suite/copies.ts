import { describe, expect, test } from "vitest";
import type { ContractServer } from "../contract-server";
import { md5, text } from "../helpers";

export function copiesContract({ storage, put }: ContractServer) {
  describe("a copy", () => {
    test("keeps bytes and headers", async () => {
      const headers = { contentType: "image/png", metadata: { note: "kept" }, cacheControl: "max-age=60" };
      await storage.put("copy/from", text("body"), headers);
      const { etag } = await storage.copy("copy/from", "copy/to");
      expect(etag).toBe(md5(text("body")));
      expect(await storage.head("copy/to")).toMatchObject(headers);
    });

    test("onto itself replaces its headers", async () => {
      const former = { contentType: "image/png", metadata: { old: "gone" }, contentLanguage: "ko" };
      await storage.put("copy/it self+", text("body"), former);
      const replace = { contentType: "image/jpeg", metadata: { note: "new" }, cacheControl: "max-age=60" };
      await storage.copy("copy/it self+", "copy/it self+", { replace });
      const { head, body } = await storage.get("copy/it self+");
      expect(head).toMatchObject({ ...replace, contentLanguage: undefined });
      expect(head.metadata).not.toHaveProperty("old");
      expect(body.toString()).toBe("body");
    });

    test("onto itself without replacing is refused", async () => {
      await put("copy/same");
      await expect(storage.copy("copy/same", "copy/same")).rejects.toMatchObject({ code: "invalid" });
    });
  });
}
