import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { isTracked } from "~/features/images/key-layout";
import type { ProbedAbilities } from "~/features/storage/abilities";
import { explainAbilities } from "~/features/storage/explain-abilities";
import { placingOf } from "~/features/storage/placing";
import { createStorage, type Storage, type StorageEnv, StorageError } from "~/ports/storage.server";
import { awsAbilities } from "../../../../tests/support/store/abilities";
import { startTestS3 } from "../../../../tests/support/store/s3";
import { rawClient } from "../../../../tests/support/store/test-bucket";
import { probeAbilities } from "./probe-abilities.server";

const well = awsAbilities;
const never = new AbortController().signal;
const text = { contentType: "text/plain" };

const openStore = (name = "aws") => startTestS3({ maxAttempts: 1 }, undefined, name);

const onCeph = { copyIfAbsent: "ignored", copyIfMatch: "ignored", deleteIfMatch: "ignored" } as const;
const noCondition = { putIfAbsent: "refused", afterDelete: "unknown", copyIfAbsent: "refused" } as const;

async function listAll(storage: Storage) {
  const keys: string[] = [];
  for await (const { objects } of storage.list()) keys.push(...objects.map(({ key }) => key));
  return keys;
}

describe("each store is seen as it is, and left as it was", () => {
  test.each<[string, Partial<ProbedAbilities>]>([
    ["aws", {}],
    ["aws-versioned", { versions: "enabled", versionRights: "granted" }],
    ["aws-suspended", { versions: "suspended", versionRights: "granted" }],
    [
      "b2",
      {
        ...noCondition,
        versions: "enabled",
        versionRights: "granted",
        deleteIfMatch: "ignored",
        tags: "not-implemented",
      },
    ],
    ["swift", { ...noCondition, deleteIfMatch: "ignored", tags: "not-implemented", acl: "not-implemented" }],
    ["ceph", onCeph],
    ["ceph-versioned", { ...onCeph, versions: "enabled", versionRights: "granted", putIfAbsent: "ignored" }],
    ["ceph-suspended", { ...onCeph, versions: "suspended", versionRights: "granted", afterDelete: "taken" }],
  ])("%s", async (name, expected) => {
    const { storage, requests } = await openStore(name);
    await storage.put("references/a.png", Buffer.from("theirs"), text);
    const before = await storage.versions("references/a.png").catch(() => []);
    requests.reset();
    expect(await probeAbilities(storage, never)).toEqual({ ...well, ...expected });
    expect(requests.count()).toBeLessThan(200);
    const keys = new Set(requests.recent().flatMap(({ key }) => key || []));
    expect([...keys].filter((key) => !key.startsWith("trash/diffs-ops-probe/"))).toEqual([]);
    expect([...keys].filter(isTracked)).toEqual([]);
    for (const key of keys) expect(await storage.versions(key).catch(() => [])).toEqual([]);
    expect(await listAll(storage)).toEqual(["references/a.png"]);
    expect(await storage.versions("references/a.png").catch(() => [])).toEqual(before);
  });

  test("a bucket with Object Lock, which wants a checksum with every write", async () => {
    const { env } = await startTestS3();
    const input = { Bucket: "locked", ObjectLockEnabledForBucket: true };
    await rawClient(env).send(new CreateBucketCommand(input));
    const storage = createStorage({ ...env, S3_BUCKET: "locked" });
    expect(await probeAbilities(storage, never)).toEqual({
      ...well,
      versions: "enabled",
      versionRights: "granted",
      contentMd5: "wanted",
    });
    await storage.put("a", Buffer.from("a"), text);
  });
});

describe("a store that does not answer as it is", () => {
  const put = { operation: "PutObject", keyPattern: "put-if-absent" };
  test.each([
    ["says once that it does not know the condition", { ...put, status: 501, code: "NotImplemented", times: 1 }],
    ["says once of a new key that it is taken", { ...put, status: 412, code: "PreconditionFailed", times: 1 }],
    ["is overloaded once", { ...put, status: 503, times: 1 }],
    ["loses an answer", { ...put, loseAnswer: true as const, times: 1 }],
    ["loses an object for a moment", { operation: "GetObject", status: 404, code: "NoSuchKey", times: 1 }],
  ])("%s: asked again", async (_, fault) => {
    const { storage, setFaults } = await openStore();
    setFaults([fault]);
    expect(await probeAbilities(storage, never)).toEqual(well);
  });

  test.each([503])("answers %i for ever: not known, never “refused”", async (status) => {
    const { storage, setFaults } = await openStore();
    setFaults([{ operation: "PutObject", keyPattern: "put-if-absent", status }]);
    const probed = await probeAbilities(storage, never);
    expect(probed).toMatchObject({
      ...well,
      putIfAbsent: "unknown",
      afterDelete: "unknown",
      doubts: expect.any(Array),
    });
    expect(probed.doubts).toEqual([expect.stringMatching(`^Put-if-absent: .*${status}`)]);
  });

  test("does not say by HEAD how many tags there are: they are asked for, object by object", async () => {
    const { storage } = await openStore();
    const head: Storage["head"] = async (key, options) => {
      const found = await storage.head(key, options);
      return found && { ...found, tagCount: undefined };
    };
    expect(await probeAbilities({ ...storage, head }, never)).toEqual({ ...well, tags: "uncounted" });
  });

  test("has a writer beside it that wins as well: a lock that lets two in is none", async () => {
    const { storage } = await openStore();
    const letsAllIn: Storage["put"] = (key, body, options) =>
      storage.put(key, body, { ...options, createOnly: options.createOnly && !key.includes("writers-at-once") });
    expect(await probeAbilities({ ...storage, put: letsAllIn }, never)).toMatchObject({ putIfAbsent: "ignored" });
  });

  test("says that it wrote and did not: not known", async () => {
    const { storage } = await openStore();
    const loses: Storage["put"] = async (key, body, options) =>
      key.includes("put-if-absent") ? { etag: "e", versionId: null } : storage.put(key, body, options);
    const probed = await probeAbilities({ ...storage, put: loses }, never);
    expect(probed.putIfAbsent).toBe("unknown");
    expect(probed.doubts).toEqual(["Put-if-absent: What was written with If-None-Match was not found."]);
  });
});

describe("rights that are missing", () => {
  const denied = { status: 403, code: "AccessDenied" };

  test("are named as AWS names them", async () => {
    const { storage, setFaults } = await openStore("aws-versioned");
    const operations = ["GetBucketVersioning", "PutObjectTagging", "GetObjectAcl"];
    setFaults(operations.map((operation) => ({ operation, ...denied })));
    const missing = new StorageError("denied", "no", false);
    const ofVersions: Pick<Storage, "get" | "delete"> = {
      get: (key, options) => (options?.versionId ? Promise.reject(missing) : storage.get(key, options)),
      delete: (key, options) => (options?.versionId ? Promise.reject(missing) : storage.delete(key, options)),
    };
    const probed = await probeAbilities({ ...storage, ...ofVersions }, never);
    expect(probed.missingRights).toEqual([
      "s3:DeleteObjectVersion",
      "s3:GetBucketVersioning",
      "s3:GetObjectAcl",
      "s3:GetObjectVersion",
      "s3:PutObjectTagging",
    ]);
    // A put says that it made a version, whoever may not ask the bucket.
    expect(probed).toMatchObject({
      versions: "enabled",
      versionRights: "missing",
      tags: "denied",
      acl: "denied",
      putIfAbsent: "honored",
    });
  });

  test("to list versions", async () => {
    const { storage, setFaults } = await openStore("aws-versioned");
    setFaults([{ operation: "ListObjectVersions", ...denied }]);
    const probed = await probeAbilities(storage, never);
    expect(probed.missingRights).toEqual(["s3:ListBucketVersions"]);
    expect(probed.leftovers.length).toBeGreaterThan(0);
  });

  test.each(["ListObjectVersions", "DeleteObject"])(
    "that could not be tried (%s) are not granted",
    async (operation) => {
      const { storage, setFaults } = await openStore("b2");
      setFaults([{ operation, keyPattern: operation === "DeleteObject" ? "versions" : "", status: 500 }]);
      const probed = await probeAbilities(storage, never);
      expect(probed).toMatchObject({ versions: "enabled", versionRights: "unknown", missingRights: [] });
      expect(probed.doubts).toEqual([expect.stringMatching(/^Rights: .*500/)]);
      expect(placingOf(probed)).toBe("window");
      expect(explainAbilities(probed).find(({ name }) => name === "Rights")).toMatchObject({
        does: expect.stringMatching(/^Gave no clear answer: .*500/),
        todo: "Probe again once the store is well.",
      });
    },
  );

  test("a refusal that passes names nothing", async () => {
    const { storage, setFaults } = await openStore();
    setFaults([{ operation: "PutObjectTagging", ...denied, times: 1 }]);
    expect(await probeAbilities(storage, never)).toEqual(well);
  });

  test("a probe that may not delete says what it left, where nothing looks for it", async () => {
    const { storage, setFaults } = await openStore();
    setFaults([
      { operation: "DeleteObject", ...denied },
      { operation: "DeleteObjects", ...denied },
    ]);
    const probed = await probeAbilities(storage, never);
    expect(probed.missingRights).toEqual(["s3:DeleteObject"]);
    expect(probed.failures).toMatchObject([{ call: "delete" }]);
    expect(probed.leftovers).toEqual(expect.arrayContaining(await listAll(storage)));
    expect(probed.leftovers.filter(isTracked)).toEqual([]);
    expect(probed).toMatchObject({ tags: "kept", copyIfAbsent: "honored", deleteIfMatch: "unknown" });
  });

  test("credentials that only read: nothing is known, and it is said why", async () => {
    const { storage, setFaults } = await openStore();
    setFaults([{ method: "PUT", ...denied }]);
    const probed = await probeAbilities(storage, never);
    expect(probed).toMatchObject({ putIfAbsent: "unknown", tags: "unknown", missingRights: ["s3:PutObject"] });
    expect(probed.failures).toMatchObject([{ call: "put", sentence: expect.stringContaining("access was refused") }]);
  });
});

describe("nothing to probe", () => {
  test.each<[string, Partial<StorageEnv>, string]>([
    ["no such bucket", { S3_BUCKET: "not-there" }, "no-bucket"],
    ["wrong credentials", { AWS_SECRET_ACCESS_KEY: "wrong" }, "denied"],
    ["nobody listens", { AWS_ENDPOINT_URL_S3: "http://127.0.0.1:9" }, "unavailable"],
  ])("%s: the error of the first call", async (_, env, code) => {
    const { env: base } = await startTestS3();
    const storage = createStorage({ ...base, ...env }, { maxAttempts: 1 });
    await expect(probeAbilities(storage, never)).rejects.toMatchObject({ name: "StorageError", code });
  });

  test("a probe that is called off ends with the caller's reason and cleans up", async () => {
    const { storage, setFaults } = await openStore();
    const abort = new AbortController();
    setFaults([{ operation: "PutObjectTagging", hang: true }]);
    const probed = probeAbilities(storage, abort.signal);
    setTimeout(() => abort.abort(new Error("the worker stops")), 300);
    await expect(probed).rejects.toThrow("the worker stops");
    expect(await listAll(storage)).toEqual([]);
  });
});
