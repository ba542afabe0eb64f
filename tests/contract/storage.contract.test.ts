import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Storage } from "~/ports/storage.server";
import { openContractServer } from "./contract-server.ts";

// What the product relies on in any S3 store. The local S3 and the real ones pass the same tests: contract-server.ts
// says how to choose. Each test works below a folder of its own.

const server = await openContractServer();
const { storage } = server;

const text = (value: string) => Buffer.from(value, "utf8");
const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");
const put = (key: string, body = text(key), at: Storage = storage) => at.put(key, body, { contentType: "text/plain" });

async function listKeys(options: Parameters<Storage["list"]>[0]) {
  const keys: string[] = [];
  const prefixes: string[] = [];
  const pageSizes: number[] = [];
  for await (const page of storage.list(options)) {
    keys.push(...page.objects.map((object) => object.key));
    prefixes.push(...page.prefixes);
    pageSizes.push(page.objects.length + page.prefixes.length);
  }
  return { keys, prefixes, pageSizes };
}

async function inParallel<T>(items: T[], work: (item: T) => Promise<unknown>) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: 32 }, worker));
}

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

describe("a listing", () => {
  const names = Array.from({ length: 2_500 }, (_, n) => `many/a folder+${n % 5}/${String(n).padStart(4, "0")} &.txt`);
  const ordered = [...names].sort();
  beforeAll(async () => {
    await inParallel(names, (key) => put(key, text("x")));
  });

  test("of 2,500 objects comes in pages, complete and in order", async () => {
    const { keys, pageSizes } = await listKeys({ prefix: "many/" });
    expect(keys).toEqual(ordered);
    expect(pageSizes).toEqual([1000, 1000, 500]);
  });

  test("tells size, ETag and time", async () => {
    for await (const { objects } of storage.list({ prefix: ordered[0] })) {
      expect(objects).toMatchObject([{ key: ordered[0], bytes: 1, etag: md5(text("x")) }]);
      expect(Math.abs(Date.now() - Number(objects[0]?.modifiedAt))).toBeLessThan(10 * 60_000);
    }
  });

  test("takes a page size", async () => {
    const { keys, pageSizes } = await listKeys({ prefix: "many/a folder+0/", pageSize: 300 });
    expect(keys).toEqual(ordered.filter((key) => key.startsWith("many/a folder+0/")));
    expect(pageSizes).toEqual([300, 200]);
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
    expect((await keysAfter(ordered[2_399] ?? "")).keys).toEqual(ordered.slice(2_400));
    expect((await keysAfter("many/a folder+4/")).keys).toEqual(ordered.slice(2_000));
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

describe("an object", () => {
  test("carries its content type and metadata", async () => {
    const body = text("picture");
    const { etag } = await storage.put("object/meta", body, {
      contentType: "image/webp",
      metadata: { "source-etag": "abc", note: "x=1; y" },
      cacheControl: "max-age=60",
    });
    expect(etag).toBe(md5(body));
    const expected = { etag, bytes: 7, contentType: "image/webp", metadata: { "source-etag": "abc", note: "x=1; y" } };
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
    await storage.put("object/again", body, { ...read, contentType: read.contentType ?? "", createOnly: true });
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

describe("a create-only put", () => {
  const create = (key: string, body: string) =>
    storage.put(key, text(body), { contentType: "text/plain", createOnly: true });

  test("fails when the key is taken, and leaves the object as it was", async () => {
    await create("create/once", "first");
    await expect(create("create/once", "second")).rejects.toMatchObject({ code: "exists", retryable: false });
    expect((await storage.get("create/once")).body.toString()).toBe("first");
  });

  test("succeeds again after a delete", async () => {
    await create("create/again", "first");
    await storage.delete("create/again");
    await create("create/again", "second");
    expect((await storage.get("create/again")).body.toString()).toBe("second");
  });

  test("of ten at once succeeds for exactly one", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => create("create/race", `writer ${n}`).then(() => n)),
    );
    const winners = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const codes = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    expect(winners).toHaveLength(1);
    expect(codes).toEqual(Array(9).fill("exists"));
    expect((await storage.get("create/race")).body.toString()).toBe(`writer ${winners[0]}`);
  });
});

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

describe("deleting many", () => {
  test("deletes over a thousand, missing and odd ones too", async () => {
    const keys = Array.from({ length: 1_050 }, (_, n) => `delete/${n} & <${n}>`);
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

describe("a presigned link", () => {
  const at = (time: number) => server.storageWith({}, { clock: { now: () => new Date(time) } });

  test("reads the object, and a part of it", async () => {
    await put("signed/one two+three.txt", text("0123456789"));
    const url = await storage.presignGet("signed/one two+three.txt");
    const whole = await fetch(url);
    expect([whole.status, whole.headers.get("content-type"), await whole.text()]).toEqual([
      200,
      "text/plain",
      "0123456789",
    ]);
    const part = await fetch(url, { headers: { range: "bytes=2-4" } });
    expect([part.status, await part.text()]).toEqual([206, "234"]);
  });

  test("answers 304 to a browser that has the object", async () => {
    const { etag } = await put("signed/cached");
    const response = await fetch(await storage.presignGet("signed/cached"), {
      headers: { "if-none-match": `"${etag}"` },
    });
    expect([response.status, await response.text()]).toEqual([304, ""]);
  });

  test("names the file under which a browser saves the object", async () => {
    await put("signed/download");
    const response = await fetch(await storage.presignGet("signed/download", { download: "한글 (1).txt" }));
    expect(response.headers.get("content-disposition")).toBe(
      "attachment; filename*=UTF-8''%ED%95%9C%EA%B8%80%20%281%29.txt",
    );
    expect(await response.text()).toBe("signed/download");
  });

  test("says of what type the object is, whatever it was stored with", async () => {
    await put("signed/typed");
    const response = await fetch(await storage.presignGet("signed/typed", { contentType: "image/png" }));
    expect([response.headers.get("content-type"), await response.text()]).toEqual(["image/png", "signed/typed"]);
  });

  test("is the same within a window, and another in the next", async () => {
    const windowStart = Math.floor(Date.now() / 600_000) * 600_000;
    const link = (time: number) => at(time).presignGet("signed/window", { windowSeconds: 600 });
    expect(await link(windowStart)).toBe(await link(windowStart + 599_999));
    expect(await link(windowStart)).not.toBe(await link(windowStart + 600_000));
  });

  test("is valid in the window after its own, and refused after that", async () => {
    await put("signed/expiry");
    const link = (time: number) => at(time).presignGet("signed/expiry", { windowSeconds: 600 });
    expect((await fetch(await link(Date.now() - 600_000))).status).toBe(200);
    expect((await fetch(await link(Date.now() - 1_200_000))).status).toBe(403);
  });

  test("that was tampered with is refused", async () => {
    await put("signed/this");
    await put("signed/that");
    const url = await storage.presignGet("signed/this");
    const status = async (change: (url: URL) => void) => {
      const changed = new URL(url);
      change(changed);
      return (await fetch(changed)).status;
    };
    expect(await status(() => undefined)).toBe(200);
    expect(await status((it) => it.searchParams.set("X-Amz-Expires", "86400"))).toBe(403);
    expect(await status((it) => it.searchParams.set("response-content-type", "text/html"))).toBe(403);
    expect(await status((it) => it.searchParams.delete("X-Amz-Signature"))).toBe(403);
    expect(await status((it) => it.searchParams.set("X-Amz-Signature", "0".repeat(64)))).toBe(403);
    const another = new URL(url);
    another.pathname = another.pathname.replace("this", "that");
    expect((await fetch(another)).status).toBe(403);
    expect((await fetch(url, { method: "DELETE" })).status).toBe(403);
  });

  test("is needed: without a signature nothing is read", async () => {
    await put("signed/private");
    const url = new URL(await storage.presignGet("signed/private"));
    url.search = "";
    expect((await fetch(url)).status).toBe(403);
  });
});

describe("a wrong environment", () => {
  test("names a missing bucket", async () => {
    const nowhere = server.storageWith({ S3_BUCKET: "no-such-bucket-5d1f" });
    const noBucket = { name: "StorageError", code: "no-bucket", retryable: false };
    await expect(nowhere.check()).rejects.toMatchObject(noBucket);
    await expect(nowhere.check()).rejects.toThrow(/"no-such-bucket-5d1f".*S3_BUCKET/);
    await expect(nowhere.list().next()).rejects.toMatchObject(noBucket);
    await expect(nowhere.get("a")).rejects.toMatchObject(noBucket);
    await expect(nowhere.head("a")).rejects.toMatchObject(noBucket);
    await expect(put("a", text("a"), nowhere)).rejects.toMatchObject(noBucket);
    await expect(nowhere.copy("a", "b")).rejects.toMatchObject(noBucket);
    await expect(nowhere.deleteMany(["a"])).rejects.toMatchObject(noBucket);
  });

  test("names wrong credentials", async () => {
    const denied = { name: "StorageError", code: "denied", retryable: false };
    const wrongSecret = server.storageWith({ AWS_SECRET_ACCESS_KEY: "not the secret" });
    await expect(wrongSecret.check()).rejects.toMatchObject(denied);
    await expect(wrongSecret.check()).rejects.toThrow(/AWS_SECRET_ACCESS_KEY/);
    await expect(wrongSecret.head("a")).rejects.toMatchObject(denied);
    await expect(put("a", text("a"), wrongSecret)).rejects.toMatchObject(denied);
    const unknownKey = server.storageWith({ AWS_ACCESS_KEY_ID: "AKIANOTKNOWNHERE0000" });
    await expect(unknownKey.check()).rejects.toMatchObject(denied);
  });

  test("is found well when it is", async () => {
    await expect(storage.check()).resolves.toBeUndefined();
  });
});
