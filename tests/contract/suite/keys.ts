import { describe, expect, test } from "vitest";
import type { ContractServer } from "../contract-server";
import { md5, text } from "../helpers";

export function keysContract({ storage, put, listKeys }: ContractServer) {
  describe("keys", () => {
    const oddNames = {
      "a space": "two words.txt",
      "spaces at both ends": " edge ",
      "a plus": "a+b.txt",
      "an ampersand": "a&b.txt",
      "a percent sign": "100%.txt",
      "what looks percent-encoded": "a%2Bb%20c.txt",
      "a hash": "a#b.txt",
      "a question mark": "a?b=c.txt",
      "quotes and angle brackets": `"a"'b'<c>.txt`,
      "parentheses, star and bang": "(a)*b!.txt",
      "backslash, pipe, braces and tilde": "a\\b|c{d}~e^f`g.txt",
      "an equals sign, comma, colon and semicolon": "a=b,c:d;e@f$g.txt",
      "two slashes in a row": "a//b.txt",
      "Korean in NFC": "한글.txt".normalize("NFC"),
      "Korean in NFD": "한글.txt".normalize("NFD"),
      "an emoji": "🙂.txt",
      "a tab and a newline": "a\tb\nc.txt",
    };

    test.each(Object.entries(oddNames))("with %s: put, list, head, get, sign, copy, delete", async (_, name) => {
      const folder = `odd/${md5(text(name))}/`;
      const key = folder + name;
      await put(key);
      expect((await listKeys({ prefix: folder })).keys).toEqual([key]);
      expect(await storage.head(key)).toMatchObject({ key, bytes: text(key).length });
      expect((await storage.get(key)).body.toString()).toBe(key);
      expect(await (await fetch(await storage.presignGet(key))).text()).toBe(key);
      const copy = `${folder}copy of ${name}`;
      await storage.copy(key, copy);
      expect((await storage.get(copy)).body.toString()).toBe(key);
      await storage.delete(key);
      expect((await listKeys({ prefix: folder })).keys).toEqual([copy]);
      expect(await storage.deleteMany([copy])).toEqual([]);
      expect((await listKeys({ prefix: folder })).keys).toEqual([]);
    });

    test("with a dot segment are kept as they are", async () => {
      // A link to such a key is impossible: every client takes "./" out of a URL before it asks.
      const key = "dots/a/./b/../c.txt";
      await put(key);
      expect((await listKeys({ prefix: "dots/" })).keys).toEqual([key]);
      expect((await storage.get(key)).body.toString()).toBe(key);
      await storage.delete(key);
      expect(await storage.head(key)).toBeNull();
    });

    test("that differ in unicode normalization only are two objects", async () => {
      const composed = "unicode/\u00e9.txt";
      const decomposed = "unicode/e\u0301.txt";
      await put(composed, text("composed"));
      await put(decomposed, text("decomposed"));
      expect((await storage.get(composed)).body.toString()).toBe("composed");
      expect((await storage.get(decomposed)).body.toString()).toBe("decomposed");
      expect((await listKeys({ prefix: "unicode/" })).keys).toEqual([decomposed, composed]);
    });

    test("have at most 1,024 bytes", async () => {
      const longest = `long/${"가".repeat(339)}ab`;
      expect(Buffer.byteLength(longest)).toBe(1024);
      await put(longest);
      expect((await listKeys({ prefix: "long/" })).keys).toEqual([longest]);
      expect((await storage.get(longest)).body.toString()).toBe(longest);
      await expect(put(`${longest}c`)).rejects.toMatchObject({ name: "StorageError", code: "invalid" });
    });

    test("are ordered by their UTF-8 bytes", async () => {
      // UTF-16 would put the emoji (a surrogate pair) before the half-width form.
      const ordered = ["order/A", "order/Z", "order/a", "order/é", "order/한", "order/ﾊ", "order/🙂"];
      for (const key of [...ordered].reverse()) await put(key);
      expect((await listKeys({ prefix: "order/" })).keys).toEqual(ordered);
    });
  });
}
