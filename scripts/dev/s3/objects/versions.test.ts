import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { startTestS3 } from "../../../../tests/support/store/s3";
import { rawClient } from "../../../../tests/support/store/test-bucket";
import { openIndex } from "./object-index";

// What the contract suite cannot see: only this server's files, and what it does that others need not.

test("a listing of versions goes on behind one that was removed in the meantime", async () => {
  const { env } = await startTestS3({}, undefined, "aws-versioned");
  const client = rawClient(env);
  onTestFinished(() => client.destroy());
  const Bucket = env.S3_BUCKET;
  for (const Body of ["1", "2", "3"]) await client.send(new PutObjectCommand({ Bucket, Key: "a", Body }));
  const sizes: (number | undefined)[] = [];
  let at: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (let isTruncated = true; isTruncated; ) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...at }));
    for (const { Key, VersionId } of page.Versions ?? []) {
      await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    }
    sizes.push(page.Versions?.length);
    at = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    isTruncated = page.IsTruncated === true;
  }
  expect(sizes).toEqual([2, 1]);
  expect((await client.send(new ListObjectVersionsCommand({ Bucket }))).Versions).toBeUndefined();
});

test("the last version that has a body takes it along", async () => {
  const { env, storage } = await startTestS3({}, undefined, "aws-versioned");
  const client = rawClient(env);
  onTestFinished(() => client.destroy());
  const Bucket = env.S3_BUCKET;
  const large = Buffer.alloc(100_000, "large");
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: large }));
  await storage.copy("a", "b");
  await client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId }));
  expect((await storage.get("b")).body.equals(large)).toBe(true);
});

test("a folder from before there were versions is opened as it is", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "local-s3-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const old = new Database(join(dataDir, "index.db"));
  old.exec(`
    CREATE TABLE buckets (name TEXT PRIMARY KEY, createdAt INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE objects (
      bucket TEXT NOT NULL, key TEXT NOT NULL, bodyId INTEGER NOT NULL, bytes INTEGER NOT NULL, etag TEXT NOT NULL,
      modifiedAt INTEGER NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)
    ) WITHOUT ROWID;
    INSERT INTO buckets VALUES ('b', 1);
    INSERT INTO objects VALUES ('b', 'a.png', 1, 3, 'abc', 1000, '{"content-type":"image/png"}');
  `);
  old.close();
  const index = openIndex(dataDir);
  onTestFinished(() => void index.close());
  expect(index.bucket("b")).toMatchObject({ versioning: "never", hasLock: 0 });
  expect(index.object("b", "a.png")).toMatchObject({
    versionId: "null",
    storageClass: "STANDARD",
    tags: null,
    acl: null,
  });
  expect(index.versions.after("b", { key: "", age: -Infinity }, 10)).toMatchObject([{ key: "a.png", isMarker: 0 }]);
});
