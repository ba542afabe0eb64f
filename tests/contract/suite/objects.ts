import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ContractServer } from "../contract-server";
import { md5, text } from "../helpers";

export function objectsContract({ storage, put }: ContractServer) {
  describe("an object", () => {
    test("carries its content type and metadata", async () => {
      const body = text("picture");
      const { etag } = await storage.put("object/meta", body, {
        contentType: "image/webp",
        metadata: { "source-etag": "abc", note: "x=1; y" },
        cacheControl: "max-age=60",
      });
      expect(etag).toBe(md5(body));
      const expected = {
        etag,
        bytes: 7,
        contentType: "image/webp",
        metadata: { "source-etag": "abc", note: "x=1; y" },
      };
      expect(await storage.head("object/meta")).toMatchObject(expected);
      expect((await storage.get("object/meta")).head).toMatchObject(expected);
      const response = await fetch(await storage.presignGet("object/meta"));
      expect(response.headers.get("cache-control")).toBe("max-age=60");
      expect(response.headers.get("content-type")).toBe("image/webp");
    });

    const headers = {
      contentType: "image/svg+xml",
      metadata: { "original-name": "%ED%95%9C.svg", note: "kept" },
      cacheControl: "private, max-age=300",
      contentDisposition: "attachment; filename*=UTF-8''%ED%95%9C%EA%B8%80%20%281%29.svg",
      contentEncoding: "gzip",
      contentLanguage: "ko, en",
    };

    test("carries the headers that it was stored with, and no others", async () => {
      await storage.put("object/headers", text("not really zipped"), headers);
      expect(await storage.head("object/headers")).toMatchObject(headers);
      const { head, body } = await storage.get("object/headers");
      expect(head).toMatchObject(headers);
      expect(body.toString()).toBe("not really zipped");
      await put("object/plain");
      expect(await storage.head("object/plain")).toMatchObject({
        contentType: "text/plain",
        metadata: {},
        cacheControl: undefined,
        contentDisposition: undefined,
        contentEncoding: undefined,
        contentLanguage: undefined,
      });
    });

    test("carries names in any language in its metadata and its Content-Disposition", async () => {
      const named = {
        contentType: "image/png",
        metadata: { "original-name": "정면 사진.png", photographer: "Zoë" },
        contentDisposition: 'attachment; filename="정면 café.png"',
      };
      await storage.put("object/named", text("body"), named);
      expect(await storage.head("object/named")).toMatchObject(named);
      await storage.copy("object/named", "object/renamed", { replace: { ...named, contentLanguage: "ko" } });
      expect((await storage.get("object/renamed")).head).toMatchObject({ ...named, contentLanguage: "ko" });
    });

    test("written anew with what was read of it is the same", async () => {
      await storage.put("object/original", text("body"), headers);
      const { head, body } = await storage.get("object/original");
      const { key: _, etag, bytes, modifiedAt: __, ...read } = head;
      await storage.put("object/again", body, { ...read, contentType: read.contentType ?? "" });
      expect(await storage.head("object/again")).toMatchObject({ ...headers, etag, bytes });
    });

    test("may be empty", async () => {
      await put("object/empty", Buffer.alloc(0));
      expect(await storage.head("object/empty")).toMatchObject({ bytes: 0, etag: md5(Buffer.alloc(0)) });
      expect((await storage.get("object/empty")).body).toEqual(Buffer.alloc(0));
    });

    test("may have 16 MiB, byte for byte", async () => {
      const body = Buffer.alloc(16 * 1024 * 1024);
      for (let at = 0; at < body.length; at += 4) body.writeUInt32LE((at * 2654435761) % 2 ** 32, at);
      const { etag } = await storage.put("object/large", body, { contentType: "application/octet-stream" });
      expect(etag).toBe(md5(body));
      const { head, body: read } = await storage.get("object/large");
      expect(head.bytes).toBe(body.length);
      expect(read.equals(body)).toBe(true);
    });

    test.each([
      ["nothing", 0, 0],
      ["a few bytes", 3, 5],
      ["parts of 8 MiB and a rest", 20, 1024 * 1024],
    ])("may come as a stream: %s", async (_, chunks, bytes) => {
      const key = `object/stream-${chunks}`;
      const hash = createHash("sha256");
      async function* stream() {
        for (let n = 0; n < chunks; n++) {
          const chunk = Buffer.alloc(bytes, n);
          hash.update(chunk);
          yield chunk;
        }
      }
      const { etag } = await storage.putStream(key, stream(), {
        contentType: "application/gzip",
        metadata: { a: "b" },
      });
      const { head, body } = await storage.get(key);
      expect(head).toMatchObject({
        etag,
        bytes: chunks * bytes,
        contentType: "application/gzip",
        metadata: { a: "b" },
      });
      expect(createHash("sha256").update(body).digest("hex")).toBe(hash.digest("hex"));
    });

    test("whose stream fails in the middle is not there", async () => {
      async function* stream() {
        for (let n = 0; n < 20; n++) yield Buffer.alloc(1024 * 1024, n);
        throw new Error("The disk is gone.");
      }
      const put = storage.putStream("object/failed", stream(), { contentType: "application/gzip" });
      await expect(put).rejects.toThrow("The disk is gone.");
      expect(await storage.head("object/failed")).toBeNull();
    });

    test("can be read in part", async () => {
      await put("object/range", text("0123456789"));
      const read = async (first: number, last: number) => {
        const { head, body } = await storage.get("object/range", { range: [first, last] });
        expect(head.bytes).toBe(10);
        return body.toString();
      };
      expect(await read(0, 0)).toBe("0");
      expect(await read(3, 5)).toBe("345");
      expect(await read(8, 100)).toBe("89");
      await expect(storage.get("object/range", { range: [10, 12] })).rejects.toMatchObject({ code: "invalid" });
    });

    test("larger than allowed is not read", async () => {
      await put("object/too-large", text("0123456789"));
      await expect(storage.get("object/too-large", { maxBytes: 9 })).rejects.toMatchObject({ code: "too-large" });
      expect((await storage.get("object/too-large", { maxBytes: 10 })).body.toString()).toBe("0123456789");
    });

    test("is replaced by another put", async () => {
      await put("object/replaced", text("one"));
      await put("object/replaced", text("two"));
      expect((await storage.get("object/replaced")).body.toString()).toBe("two");
    });

    test("that is missing: head is null, get and copy fail, delete succeeds", async () => {
      expect(await storage.head("object/missing")).toBeNull();
      await expect(storage.get("object/missing")).rejects.toMatchObject({ code: "not-found", retryable: false });
      await expect(storage.copy("object/missing", "object/x")).rejects.toMatchObject({ code: "not-found" });
      await storage.delete("object/missing");
    });
  });
}
