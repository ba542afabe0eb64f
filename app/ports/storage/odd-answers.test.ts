import { describe, expect, test } from "vitest";
import type { Storage } from "~/ports/storage.server";
import { startTestS3 } from "../../../tests/support/store/s3";

/** The objects "a", "b" and "c" of one byte, and a store that can be made to answer oddly; nothing is asked twice. */
async function openStore() {
  const s3 = await startTestS3({ maxAttempts: 1 });
  for (const key of ["a", "b", "c"]) await s3.storage.put(key, Buffer.from(key), { contentType: "text/plain" });
  s3.requests.reset();
  return s3;
}

async function listAll(storage: Storage) {
  const found = [];
  for await (const page of storage.list()) found.push(...page.objects);
  return found;
}

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => "no failure",
    ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
  );

describe("a listing that leaves something out of one object", () => {
  test.each([
    ["its ETag", "(<Key>b</Key>.*?)<ETag>.*?</ETag>"],
    ["what is in its ETag", "(<Key>b</Key>.*?)<ETag>.*?</ETag>", "$1<ETag></ETag>"],
    ["its size", "(<Key>b</Key>.*?)<Size>.*?</Size>"],
    ["its date", "<LastModified>[^<]*</LastModified>((?:(?!<LastModified>).)*)$"],
  ])("%s: that one is asked by HEAD, and all of them are as they are", async (_, pattern, replacement = "$1") => {
    const { storage, setFaults, requests } = await openStore();
    const whole = await listAll(storage);
    requests.reset();
    setFaults([{ operation: "ListObjectsV2", pattern, replacement }]);

    expect(await listAll(storage)).toEqual(whole);
    expect(requests.byOperation()).toEqual({ ListObjectsV2: 1, HeadObject: 1 });
  });

  test("an object that has no ETag at all is told apart by size and date, the same way everywhere", async () => {
    const { storage, setFaults } = await openStore();
    setFaults([
      { operation: "ListObjectsV2", pattern: "(<Key>b</Key>.*?)<ETag>.*?</ETag>", replacement: "$1" },
      { keyPattern: "b", withoutHeader: "etag" },
    ]);

    const [, listed] = await listAll(storage);
    expect(listed?.etag).toBe(`none-1-${(listed?.modifiedAt.getTime() ?? 0) / 1_000}`);
    expect((await storage.head("b"))?.etag).toBe(listed?.etag);
    expect((await storage.get("b")).head.etag).toBe(listed?.etag);
  });

  test.each([
    [403, "AccessDenied"],
    // As AWS answers for an object that is encrypted with a customer's own key.
    [400, "InvalidRequest"],
  ])("one whose HEAD is refused (%i) is known by size and date, and the others go on", async (status, code) => {
    const { storage, setFaults } = await openStore();
    const [, whole] = await listAll(storage);
    setFaults([
      { operation: "ListObjectsV2", pattern: "(<Key>b</Key>.*?)<ETag>.*?</ETag>", replacement: "$1" },
      { keyPattern: "^b$", status, code },
    ]);

    const listed = await listAll(storage);
    expect(listed.map(({ key }) => key)).toEqual(["a", "b", "c"]);
    expect(listed[1]).toEqual({ ...whole, etag: `none-1-${Math.floor((whole?.modifiedAt.getTime() ?? 0) / 1_000)}` });
  });

  test("one of which nothing but the key is known is named", async () => {
    const { storage, setFaults } = await openStore();
    setFaults([
      { operation: "ListObjectsV2", pattern: "(<Key>b</Key>.*?)<Size>.*?</Size>", replacement: "$1" },
      { keyPattern: "^b$", status: 403, code: "AccessDenied" },
    ]);

    expect(await failureOf(listAll(storage))).toMatch(/^denied: Could not look at “b”/);
  });

  test("one that was deleted meanwhile is left out", async () => {
    const { storage, setFaults } = await openStore();
    setFaults([
      { operation: "ListObjectsV2", pattern: "(<Key>b</Key>.*?)<ETag>.*?</ETag>", replacement: "$1" },
      { operation: "HeadObject", status: 404 },
    ]);

    expect((await listAll(storage)).map(({ key }) => key)).toEqual(["a", "c"]);
  });

  test("a listing that is cut off is none", async () => {
    const { storage, setFaults } = await openStore();
    setFaults([{ operation: "ListObjectsV2", cutBody: true }]);

    expect(await failureOf(listAll(storage))).toMatch(/^unavailable: Could not list all objects/);
  });
});

describe("archive classes", () => {
  const classed = (name: string, more = "") => ({
    operation: "ListObjectsV2",
    pattern: "(<Key>b</Key>.*?)<StorageClass>STANDARD</StorageClass>",
    replacement: `$1<StorageClass>${name}</StorageClass>${more}`,
  });
  const restore = (isInProgress: boolean) =>
    `<RestoreStatus><IsRestoreInProgress>${isInProgress}</IsRestoreInProgress></RestoreStatus>`;

  test.each([
    ["GLACIER", classed("GLACIER"), true],
    ["DEEP_ARCHIVE", classed("DEEP_ARCHIVE"), true],
    ["GLACIER", classed("GLACIER", restore(true)), true],
    ["GLACIER", classed("GLACIER", restore(false)), false],
    ["GLACIER_IR", classed("GLACIER_IR"), false],
    ["INTELLIGENT_TIERING", classed("INTELLIGENT_TIERING"), false],
    [null, classed("STANDARD"), false],
  ])("a listing says of %s whether it can be read (%#)", async (storageClass, fault, isArchived) => {
    const { storage, setFaults } = await openStore();
    setFaults([fault]);

    const objects = await listAll(storage);
    expect(objects[1]).toMatchObject({ key: "b", storageClass, isArchived });
    expect(objects[0]).toMatchObject({ key: "a", storageClass: null, isArchived: false });
  });

  test("a store that cannot say what was restored is believed what it does say", async () => {
    const { storage, setFaults } = await openStore();
    setFaults([
      { ...classed("GLACIER"), times: 1 },
      { operation: "ListObjectsV2", status: 501, code: "NotImplemented" },
    ]);

    expect((await listAll(storage)).map(({ isArchived }) => isArchived)).toEqual([false, true, false]);
  });

  test("reading an archived object says so, and not that the credentials are wrong", async () => {
    const { storage, setFaults } = await openStore();
    setFaults([{ operation: "GetObject", status: 403, code: "InvalidObjectState" }]);

    expect(await failureOf(storage.get("b"))).toMatch(
      /^archived: Could not read “b” .*the object is archived and cannot be read before it is restored. Restore it/,
    );
  });
});

describe("a HEAD that is refused", () => {
  test.each([
    [400, "ExpiredToken", /^denied: .*temporary credentials have run out/],
    [400, "AuthorizationHeaderMalformed", /^invalid: .*another region/],
    [301, "PermanentRedirect", /^invalid: .*another region/],
    [403, "InvalidAccessKeyId", /^denied: .*credentials are not valid/],
    [403, "SignatureDoesNotMatch", /^denied: .*credentials are not valid/],
    [403, "RequestTimeTooSkewed", /^denied: .*clock/],
    [403, "InvalidObjectState", /^archived: .*Restore it/],
    // Also what S3 says of a missing key without ListBucket: never "gone".
    [403, "AccessDenied", /^denied: .*s3:ListBucket/],
  ])("%i %s is told in the words of a GET", async (status, code, words) => {
    const { storage, setFaults } = await openStore();
    setFaults([{ keyPattern: "^b$", status, code }]);

    const said = await failureOf(storage.head("b"));
    expect(said).toMatch(words);
    expect(said.replace("look at", "read")).toBe(await failureOf(storage.get("b")));
  });

  test("though the object can be read is told by its status", async () => {
    const { storage, setFaults } = await openStore();
    setFaults([{ operation: "HeadObject", status: 400 }]);

    expect(await failureOf(storage.head("b"))).toMatch(/^invalid: Could not look at “b” .*400/);
  });

  test("of an empty object neither", async () => {
    const { storage, setFaults } = await openStore();
    await storage.put("empty", Buffer.alloc(0), { contentType: "text/plain" });
    setFaults([{ operation: "HeadObject", status: 403 }]);

    expect(await failureOf(storage.head("empty"))).toMatch(/^denied: Could not look at “empty”/);
  });
});

test("a copy that is answered with 200 and an error in the body has failed", async () => {
  const { storage, setFaults } = await openStore();
  const error = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
  setFaults([{ operation: "CopyObject", pattern: "<CopyObjectResult.*", replacement: error }]);
  await expect(storage.copy("a", "d")).rejects.toMatchObject({ code: "unavailable", retryable: true });
});
