import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished, TestRunner } from "vitest";
import { createStorage, type StorageSettings } from "~/ports/storage.server";
import { seedObjects } from "../../../scripts/dev/s3/objects/seed-objects";
import { startS3 } from "../../../scripts/dev/s3/start-s3";
import { startStoreProxy } from "./store-proxy";
import { makeBucket, rawClient, removeBucket, setVersions } from "./test-bucket";
import { chosenStore, type TestStore, testStore } from "./test-store";

/** Longer than the port waits by itself: a busy machine is no fault of the store. */
const patient: StorageSettings = { connectTimeoutMs: 60_000, idleTimeoutMs: 60_000 };

/**
 * A store of its own with one empty bucket, and the storage port to it: a local S3, or a bucket of the real store that
 * TEST_STORE names. Called in a test it ends with the test, called at the top of a file (`const s3 = await startTestS3()`)
 * or in a describe it ends with the file.
 * `s3.setFaults` and `s3.requests` are the server's knobs (scripts/dev/s3/start-s3.ts).
 * @param seed keys under which one small body lies from the start, for buckets too large to put object by object
 * @param name the store, for a test that is about that one (test-store.ts); else TEST_STORE's
 */
export async function startTestS3(settings: StorageSettings = {}, seed?: Iterable<string>, name?: string) {
  const store = name === undefined ? chosenStore() : testStore(name);
  const { env, end, ...knobs } = store.real ? await openReal(store, store.real) : await openLocal(store, seed);
  if (TestRunner.getCurrentTest()) onTestFinished(end);
  else afterAll(end);
  const storage = createStorage(env, { ...patient, ...settings });
  if (store.real)
    for (const key of seed ?? []) await storage.put(key, Buffer.from("seed"), { contentType: "image/png" });
  return { env, storage, store, ...knobs };
}

async function openLocal(store: TestStore, seed: Iterable<string> | undefined) {
  const dataDir = mkdtempSync(join(tmpdir(), "diffs-ops-s3-"));
  const keys = { accessKey: "test", secretKey: "test-secret" };
  const bucket = "test-bucket";
  if (seed) seedObjects({ dataDir, bucket, keys: seed, body: Buffer.from("seed"), contentType: "image/png" });
  const s3 = await startS3({ port: 0, dataDir, buckets: [bucket], manners: store.plays, ...keys });
  const env = envOf({ endpoint: s3.url, region: "us-east-1", ...keys }, bucket);
  if (store.versions !== "off") {
    const client = rawClient(env);
    await setVersions(client, bucket, store.versions);
    client.destroy();
  }
  return {
    env,
    setFaults: s3.setFaults,
    requests: s3.requests,
    async end() {
      await s3.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function openReal(store: TestStore, real: NonNullable<TestStore["real"]>) {
  const bucket = `test-${randomBytes(8).toString("hex")}`;
  const direct = rawClient(envOf(real, bucket));
  await makeBucket(direct, bucket, store.versions);
  const proxy = await startStoreProxy(real.endpoint);
  return {
    env: envOf({ ...real, endpoint: proxy.url }, bucket),
    setFaults: proxy.setFaults,
    requests: proxy.requests,
    async end() {
      await proxy.close();
      await removeBucket(direct, bucket);
      direct.destroy();
    },
  };
}

const envOf = (at: NonNullable<TestStore["real"]>, bucket: string) => ({
  S3_BUCKET: bucket,
  AWS_REGION: at.region,
  AWS_ACCESS_KEY_ID: at.accessKey,
  AWS_SECRET_ACCESS_KEY: at.secretKey,
  AWS_ENDPOINT_URL_S3: at.endpoint,
  S3_FORCE_PATH_STYLE: true,
});
