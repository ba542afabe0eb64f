import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished, TestRunner } from "vitest";
import { createStorage, type StorageSettings } from "~/ports/storage.server";
import type { StoreName } from "../../scripts/dev/s3/manners.ts";
import { seedObjects } from "../../scripts/dev/s3/seed-objects.ts";
import { startS3 } from "../../scripts/dev/s3/start-s3.ts";

/**
 * A local S3 of its own with one empty bucket, and the storage port to it. Called in a test it ends with the test,
 * called at the top of a file (`const s3 = await startTestS3()`) or in a describe it ends with the file.
 * `s3.setFaults` and `s3.requests` are the server's knobs (scripts/dev/s3/start-s3.ts).
 * @param seed keys under which one small body lies from the start, for buckets too large to put object by object
 * @param store the store that it plays (scripts/dev/s3/manners.ts)
 */
export async function startTestS3(settings: StorageSettings = {}, seed?: Iterable<string>, store: StoreName = "aws") {
  const dataDir = mkdtempSync(join(tmpdir(), "diffs-ops-s3-"));
  const bucket = "test-bucket";
  const keys = { accessKey: "test", secretKey: "test-secret" };
  if (seed) seedObjects({ dataDir, bucket, keys: seed, body: Buffer.from("seed"), contentType: "image/png" });
  const s3 = await startS3({ port: 0, dataDir, buckets: [bucket], manners: store, ...keys });
  const end = async () => {
    await s3.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  if (TestRunner.getCurrentTest()) onTestFinished(end);
  else afterAll(end);
  const env = {
    S3_BUCKET: bucket,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: keys.accessKey,
    AWS_SECRET_ACCESS_KEY: keys.secretKey,
    AWS_ENDPOINT_URL_S3: s3.url,
    S3_FORCE_PATH_STYLE: true,
  };
  return { env, storage: createStorage(env, settings), setFaults: s3.setFaults, requests: s3.requests };
}
