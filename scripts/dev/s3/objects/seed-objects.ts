import { createHash } from "node:crypto";
import { openIndex } from "./object-index";
import { NULL_VERSION } from "./versions";

const ROWS_PER_TRANSACTION = 5_000;

/**
 * Puts one and the same body under many keys, straight into the files of a local S3 that is not running: a million in
 * under a minute, for tests and benchmarks of large buckets. None of the keys may exist yet.
 */
export function seedObjects(options: {
  dataDir: string;
  bucket: string;
  keys: Iterable<string>;
  /** At most 64 KiB. */
  body: Buffer;
  contentType: string;
}) {
  const index = openIndex(options.dataDir);
  const { db } = index;
  const bodyId = Number(
    db.prepare("INSERT INTO bodies (uses, content) VALUES (0, ?)").run(options.body).lastInsertRowid,
  );
  const common = {
    bodyId,
    bytes: options.body.length,
    etag: createHash("md5").update(options.body).digest("hex"),
    modifiedAt: Math.floor(Date.now() / 1_000) * 1_000,
    headers: JSON.stringify({ "content-type": options.contentType }),
    versionId: NULL_VERSION,
    age: 0,
    storageClass: "STANDARD",
    tags: null,
    acl: null,
  };
  const store = (keys: string[]) =>
    index.transaction(() => {
      for (const key of keys) index.putObject(options.bucket, { key, ...common });
      db.prepare("UPDATE bodies SET uses = uses + ? WHERE id = ?").run(keys.length, bodyId);
    });
  if (!index.bucket(options.bucket)) index.addBucket(options.bucket);
  let chunk: string[] = [];
  for (const key of options.keys) {
    if (chunk.push(key) === ROWS_PER_TRANSACTION) {
      store(chunk);
      chunk = [];
    }
  }
  store(chunk);
  index.close();
}
