import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { startTestS3 } from "../../tests/support/store/s3";
import { rawClient, setVersions } from "../../tests/support/store/test-bucket";
import { createStorage, type Storage, StorageError, type StorageSettings } from "./storage.server";

// How the port behaves when things go wrong. What it does when they go right is in tests/contract.

const impatient: StorageSettings = { connectTimeoutMs: 300, idleTimeoutMs: 300, maxAttempts: 2 };
const text = { contentType: "text/plain" };

/** A server of whatever kind at the other end. */
async function storageAt(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return createStorage(
    {
      S3_BUCKET: "pictures",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
      S3_FORCE_PATH_STYLE: true,
    },
    impatient,
  );
}

async function failureOf(call: Promise<unknown>): Promise<StorageError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof StorageError) return error;
  throw new Error(`Expected a StorageError, got ${inspect(error)}`);
}

describe("an endpoint that hangs", () => {
  test("before it answers is a timeout, and says of what", async () => {
    const { storage, setFaults, requests, env } = await startTestS3(impatient);
    setFaults([{ hang: true }]);
    const error = await failureOf(storage.get("generated/a.png"));
    expect(error).toMatchObject({ code: "timeout", retryable: true });
    expect(error.message).toBe(
      `Could not read “generated/a.png” in bucket “test-bucket” at ${env.AWS_ENDPOINT_URL_S3}: ` +
        "no answer in time. Check that the endpoint is reachable and not overloaded.",
    );
    expect(requests.count("GetObject")).toBe(2);
  });

  test("in the middle of a body is a timeout too", async () => {
    const storage = await storageAt((_, response) => {
      const headers = { etag: '"e"', "last-modified": new Date(0).toUTCString(), "content-length": "10" };
      response.writeHead(200, headers).write("01234");
    });
    expect(await failureOf(storage.get("a"))).toMatchObject({ code: "timeout", retryable: true });
  });

  test("is given up by the caller's own deadline", async () => {
    const { storage, setFaults, requests } = await startTestS3();
    setFaults([{ hang: true }]);
    const error = await failureOf(storage.check({ signal: AbortSignal.timeout(100) }));
    expect(error).toMatchObject({ code: "timeout", retryable: true });
    // The port itself would have tried again before it gave up.
    expect(requests.count("ListObjectsV2")).toBeLessThanOrEqual(1);
  });

  test("is left when the caller aborts, with the caller's reason", async () => {
    const { storage, setFaults } = await startTestS3();
    setFaults([{ hang: true }]);
    const abort = new AbortController();
    const call = storage.get("a", { signal: abort.signal });
    setTimeout(() => abort.abort(new Error("the run was cancelled")), 50);
    await expect(call).rejects.toThrow("the run was cancelled");
  });
});

describe("an endpoint that is not there", () => {
  test("refuses the connection: unavailable", async () => {
    const { env } = await startTestS3();
    const nobody = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, "127.0.0.1", resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    const storage = createStorage({ ...env, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` }, impatient);
    const error = await failureOf(storage.check());
    expect(error).toMatchObject({ code: "unavailable", retryable: true });
    expect(error.message).toContain(`at http://127.0.0.1:${port}: nothing listens there (connection refused)`);
  });

  test("has a name that nobody knows: unavailable", async () => {
    const { env } = await startTestS3();
    const storage = createStorage({ ...env, AWS_ENDPOINT_URL_S3: "http://s3.nowhere.invalid" }, impatient);
    const error = await failureOf(storage.check());
    expect(error).toMatchObject({ code: "unavailable", retryable: true });
    expect(error.message).toContain("host name could not be resolved");
  });

  test.each([
    ["404 page", 404],
    ["front page", 200],
  ])("is a web server with a %s: invalid, not an empty bucket", async (_, status) => {
    const storage = await storageAt((__, response) => {
      response.writeHead(status, { "content-type": "text/html" }).end("<html><body><h1>Hello</h1></body></html>");
    });
    for (const call of [() => storage.get("a"), () => storage.put("a", Buffer.from("a"), text)]) {
      const error = await failureOf(call());
      expect(error).toMatchObject({ code: "invalid", retryable: false });
    }
  });
});

describe("a store in trouble", () => {
  test("is asked again: two 503 and then success is success", async () => {
    const { storage, setFaults, requests } = await startTestS3();
    setFaults([{ operation: "PutObject", status: 503, code: "ServiceUnavailable", times: 2 }]);
    await storage.put("a", Buffer.from("body"), text);
    expect(requests.count("PutObject")).toBe(3);
    expect((await storage.get("a")).body.toString()).toBe("body");
  });

  test.each([
    ["SlowDown", 503],
    ["InternalError", 500],
  ])("that answers %s for ever is unavailable", async (code, status) => {
    const { storage, setFaults, requests } = await startTestS3({ maxAttempts: 2 });
    setFaults([{ status, code }]);
    const error = await failureOf(storage.put("a", Buffer.from("body"), text));
    expect(error).toMatchObject({ code: "unavailable", retryable: true });
    expect(error.message).toContain(`the store answered ${status} (${code}), also when asked again`);
    expect(requests.count("PutObject")).toBe(2);
  });

  test("that cuts a body in the middle never yields half of it", async () => {
    const { storage, setFaults } = await startTestS3();
    const body = Buffer.alloc(300_000, "x");
    await storage.put("a", body, text);
    setFaults([{ operation: "GetObject", cutBody: true, times: 1 }]);
    const error = await failureOf(storage.get("a"));
    expect(error).toMatchObject({ code: "unavailable", retryable: true });
    expect(error.message).toContain("the connection was cut before the answer was complete");
    expect((await storage.get("a")).body.equals(body)).toBe(true);
  });

  test("that loses the answer to a create-only put has created once, and it is ours", async () => {
    const { storage, setFaults, requests } = await startTestS3();
    setFaults([{ operation: "PutObject", loseAnswer: true, times: 1 }]);
    const { etag } = await storage.put("a", Buffer.from("ours"), { ...text, createOnly: true });
    expect(await storage.head("a")).toMatchObject({ etag });
    expect(requests.count("PutObject")).toBe(2);
    setFaults([{ operation: "PutObject", status: 503, code: "ServiceUnavailable", times: 1 }]);
    const error = await failureOf(storage.put("a", Buffer.from("theirs"), { ...text, createOnly: true }));
    expect(error.code).toBe("exists");
  });

  test("that answers a create-only put with 409 is asked again", async () => {
    const { storage, setFaults } = await startTestS3();
    const conflict = { operation: "PutObject", status: 409, code: "ConditionalRequestConflict" };
    setFaults([{ ...conflict, times: 2 }]);
    await storage.put("a", Buffer.from("body"), { ...text, createOnly: true });
    setFaults([conflict]);
    const error = await failureOf(storage.put("b", Buffer.from("body"), { ...text, createOnly: true }));
    expect(error).toMatchObject({ code: "unavailable", retryable: true });
  });

  test("that allows only some of it is denied, with what to look at", async () => {
    const { storage, setFaults } = await startTestS3();
    setFaults([{ operation: "PutObject", status: 403, code: "AccessDenied" }]);
    const error = await failureOf(storage.put("a", Buffer.from("a"), text));
    expect(error).toMatchObject({ code: "denied", retryable: false });
    expect(error.message).toContain("access was refused (AccessDenied). Check the credentials and what their policy");
  });
});

describe("a page that shows nothing and is not the last", () => {
  const keys = Array.from({ length: 3_000 }, (_, n) => `many/${String(n).padStart(4, "0")}`);

  test.each([0, 1, 4])("after %i others loses nothing of a listing", async (others) => {
    const { storage, setFaults, requests } = await startTestS3();
    const waiting = keys.values();
    const putNext = async () => {
      for (const key of waiting) await storage.put(key, Buffer.from("x"), text);
    };
    await Promise.all(Array.from({ length: 16 }, putNext));
    const listed = async (pages: AsyncGenerator<{ key: string }[]>) => {
      const found: string[] = [];
      for await (const page of pages) found.push(...page.map(({ key }) => key));
      return found.sort();
    };
    const inOrder = async function* () {
      for await (const { objects } of storage.list({ prefix: "many/" })) yield objects;
    };
    for (const list of [inOrder, () => storage.listParallel("many/")]) {
      setFaults([...(others > 0 ? [{ delayMs: 1, times: others }] : []), { emptyPage: true, times: 3 }]);
      requests.reset();
      expect(await listed(list())).toEqual(keys);
      expect(requests.count("ListObjectsV2")).toBeGreaterThanOrEqual(others < 3 ? 6 : 3);
    }
  });
});

describe("a checksum", () => {
  const headersOf = async (call: (storage: Storage) => Promise<unknown>) => {
    const seen: Record<string, unknown>[] = [];
    const storage = await storageAt((request, response) => {
      request.resume();
      seen.push(request.headers);
      response.writeHead(200, { etag: '"e"', "content-type": "application/xml" }).end("<DeleteResult/>");
    });
    await call(storage);
    return seen[0] ?? {};
  };
  const checksums = (headers: Record<string, unknown>) =>
    Object.keys(headers).filter((name) => /md5|checksum/.test(name));

  test.each<[string, (storage: Storage) => Promise<unknown>]>([
    ["a PUT", (storage) => storage.put("a", Buffer.from("body"), text)],
    ["DeleteObjects", (storage) => storage.deleteMany(["a"])],
    ["tags", (storage) => storage.writeTags("a", { b: "c" })],
    ["an ACL", (storage) => storage.writeAcl("a", { ownerId: "o", grants: [] })],
  ])("goes along with %s as Content-MD5, which every store takes", async (_, call) => {
    expect(checksums(await headersOf(call))).toEqual(["content-md5"]);
  });

  test("is that of the bytes", async () => {
    const headers = await headersOf((storage) => storage.put("a", Buffer.from("body"), text));
    expect(headers["content-md5"]).toBe("hBotaJrYa9FhFEdFPCLG/A==");
  });

  test("goes not along where it is not wanted", async () => {
    const call = (storage: Storage) => storage.put("a", Buffer.from("body"), { ...text, checksum: false });
    expect(checksums(await headersOf(call))).toEqual([]);
  });
});

describe("what a store does not offer", () => {
  test.each([
    ["by status", 501, "SomeOther"],
    ["by name", 400, "NotImplemented"],
  ])("is told apart %s from what is wrong with a request", async (_, status, code) => {
    const { storage, setFaults } = await startTestS3();
    setFaults([{ operation: "PutObject", status, code }]);
    const error = await failureOf(storage.put("a", Buffer.from("a"), { ...text, createOnly: true }));
    expect(error).toMatchObject({ code: "not-implemented", retryable: false });
    expect(error.message).toContain("the store does not offer this");
  });
});

describe("versions of a key", () => {
  const version = (tag: string, key: string, id: string, rest = "") =>
    `<${tag}><Key>${key}</Key><VersionId>${id}</VersionId><IsLatest>${id === "v4"}</IsLatest>${rest}` +
    `<LastModified>2026-11-29T10:00:00.000Z</LastModified></${tag}>`;
  const bytes = (etag: string) => `<ETag>&quot;${etag}&quot;</ETag><Size>3</Size>`;

  test("are in the store's order, page after page, without those of other keys", async () => {
    const asked: string[] = [];
    const pages = [
      [
        "<IsTruncated>true</IsTruncated><NextKeyMarker>a+b</NextKeyMarker><NextVersionIdMarker>v3</NextVersionIdMarker>",
        version("DeleteMarker", "a+b", "v4"),
        version("Version", "a+b", "v3", bytes("e3")),
      ],
      [
        "<IsTruncated>true</IsTruncated><NextKeyMarker>a+bc</NextKeyMarker>",
        version("DeleteMarker", "a+b", "v2"),
        version("Version", "a+b", "v1", bytes("e1")),
        version("Version", "a+bc", "other", bytes("e")),
      ],
    ];
    const storage = await storageAt((request, response) => {
      asked.push(request.url ?? "");
      const body = [...(pages[asked.length - 1] ?? []), "<EncodingType>url</EncodingType>"].join("");
      response
        .writeHead(200, { "content-type": "application/xml" })
        .end(`<ListVersionsResult>${body}</ListVersionsResult>`);
    });
    const found = await storage.versions("a b");
    expect(found.map(({ versionId, isMarker, isLatest, etag }) => [versionId, isMarker, isLatest, etag])).toEqual([
      ["v4", true, true, ""],
      ["v3", false, false, "e3"],
      ["v2", true, false, ""],
      ["v1", false, false, "e1"],
    ]);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toContain("version-id-marker=v3");
  });

  test.each(["aws-versioned", "ceph-versioned"])(
    "on %s are in its order beside a key that begins with it",
    async (name) => {
      const { storage, env } = await startTestS3({}, undefined, name);
      const { versionId } = await storage.put("b.png", Buffer.from("1"), text);
      await setVersions(rawClient(env), env.S3_BUCKET, "suspended");
      await storage.delete("b.png");
      // Its only version is "null", as the marker's.
      await storage.put("b.png.json", Buffer.from("{}"), text);

      const found = await storage.versions("b.png");
      expect(found.map((one) => [one.versionId, one.isMarker, one.isLatest])).toEqual([
        ["null", true, true],
        [versionId, false, false],
      ]);
    },
  );
});

describe("deleteMany", () => {
  const keys = ["a", "b & c", "d"];

  test("asks a store that has no DeleteObjects once, and again when told to", async () => {
    const { storage, setFaults, requests } = await startTestS3();
    setFaults([{ operation: "DeleteObjects", status: 501, code: "NotImplemented" }]);
    await storage.deleteMany(keys);
    await storage.deleteMany(keys);
    expect(storage.deletesOneByOne).toBe(true);
    expect(requests.count("DeleteObjects")).toBe(1);
    setFaults([]);
    await storage.deleteMany(keys, { askAgain: true });
    expect(storage.deletesOneByOne).toBe(false);
    expect(requests.count("DeleteObjects")).toBe(2);
  });

  test("a key that XML cannot carry does not make it forget DeleteObjects", async () => {
    const { storage, requests } = await startTestS3();
    expect(await storage.deleteMany(["a", "b\u0001"])).toEqual([]);
    expect(storage.deletesOneByOne).toBe(false);
    expect(requests.byOperation()).toMatchObject({ DeleteObjects: 1, DeleteObject: 1 });
  });

  test("deletes one by one where the store has no DeleteObjects", async () => {
    const { storage, setFaults, requests } = await startTestS3();
    for (const key of keys) await storage.put(key, Buffer.from(key), text);
    setFaults([{ operation: "DeleteObjects", status: 501, code: "NotImplemented" }]);
    expect(await storage.deleteMany(keys)).toEqual([]);
    expect(requests.count("DeleteObject")).toBe(3);
    for (const key of keys) expect(await storage.head(key)).toBeNull();
  });

  test("returns the keys that stayed, with the reason", async () => {
    const { storage, setFaults } = await startTestS3();
    for (const key of keys) await storage.put(key, Buffer.from(key), text);
    setFaults([
      { operation: "DeleteObjects", status: 501, code: "NotImplemented" },
      { operation: "DeleteObject", keyPattern: "^b", status: 403, code: "AccessDenied" },
    ]);
    const stayed = await storage.deleteMany(keys);
    expect(stayed).toEqual([{ key: "b & c", reason: expect.stringContaining("AccessDenied") }]);
    expect(await storage.head("a")).toBeNull();
    expect(await storage.head("b & c")).not.toBeNull();
  });

  test("deletes one by one where an error does not say which key it is about", async () => {
    const deleted: (string | undefined)[] = [];
    const storage = await storageAt((request, response) => {
      request.resume();
      if (request.method === "DELETE") {
        deleted.push(request.url?.replace(/\?.*/, ""));
        return void response.writeHead(204).end();
      }
      const errors = "<Error><Key>a</Key><Code>Busy</Code></Error><Error><Code>InternalError</Code></Error>";
      response.writeHead(200, { "content-type": "application/xml" }).end(`<DeleteResult>${errors}</DeleteResult>`);
    });
    expect(await storage.deleteMany(keys)).toEqual([]);
    expect(deleted.sort()).toEqual(["/pictures/a", "/pictures/b%20%26%20c", "/pictures/d"]);
  });

  test("does not fall back when the store is down", async () => {
    const { storage, setFaults, requests } = await startTestS3({ maxAttempts: 1 });
    setFaults([{ operation: "DeleteObjects", status: 500 }]);
    expect(await failureOf(storage.deleteMany(keys))).toMatchObject({ code: "unavailable" });
    expect(requests.count("DeleteObject")).toBe(0);
  });
});

describe("an error", () => {
  test("carries no signature and no secret, however deep one looks", async () => {
    const { storage, setFaults, env } = await startTestS3({ maxAttempts: 1 });
    setFaults([{ status: 500 }]);
    const seen = inspect(await failureOf(storage.get("a")), { depth: 12, showHidden: true });
    expect(seen).toContain("InternalError");
    expect(seen).not.toMatch(/AWS4-HMAC|Signature=|authorization/i);
    expect(seen).not.toContain(env.AWS_SECRET_ACCESS_KEY);
  });

  test("of a missing object in a missing bucket names the bucket, also when only a HEAD was made", async () => {
    const { env } = await startTestS3();
    const storage = createStorage({ ...env, S3_BUCKET: "not-there" });
    expect(await failureOf(storage.head("a"))).toMatchObject({ code: "no-bucket" });
  });
});

test("hundreds of calls that share one signal raise no warning", async () => {
  const { storage } = await startTestS3();
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  onTestFinished(() => void process.off("warning", note));
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 200 }, (_, n) => storage.head(`a${n}`, { signal })));
  expect(warnings.filter((warning) => warning.name === "MaxListenersExceededWarning")).toEqual([]);
});
