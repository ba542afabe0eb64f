import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { type BucketRow, createTables, type ObjectRow, objectColumns } from "./index-schema";
import { createUploadIndex } from "./upload-index";
import { createVersionIndex } from "./version-index";

export type ObjectIndex = ReturnType<typeof openIndex>;

/**
 * Names, sizes and ETags of all objects. TEXT compares by UTF-8 bytes in SQLite, which is S3's order of keys.
 * `objects` has what listings show: of each key the latest version, unless that is a delete marker. All else is in `versions`.
 * A body may belong to several objects (copies), so it counts them.
 */
export function openIndex(dataDir: string) {
  mkdirSync(dataDir, { recursive: true });
  const db = openForUsAlone(join(dataDir, "index.db"));
  createTables(db);
  const columns = objectColumns.join(", ");
  const sql = {
    buckets: db.prepare<[], BucketRow>("SELECT * FROM buckets ORDER BY name"),
    bucket: db.prepare<[string], BucketRow>("SELECT * FROM buckets WHERE name = ?"),
    addBucket: db.prepare("INSERT INTO buckets (name, createdAt, versioning, hasLock) VALUES (?, ?, ?, ?)"),
    setVersioning: db.prepare("UPDATE buckets SET versioning = ? WHERE name = ?"),
    setCors: db.prepare("UPDATE buckets SET cors = ? WHERE name = ?"),
    removeBucket: db.prepare("DELETE FROM buckets WHERE name = ?"),
    object: db.prepare<[string, string], ObjectRow>(`SELECT ${columns} FROM objects WHERE bucket = ? AND key = ?`),
    from: db.prepare<[string, string, number], ObjectRow>(
      `SELECT ${columns} FROM objects WHERE bucket = ? AND key >= ? ORDER BY key LIMIT ?`,
    ),
    after: db.prepare<[string, string, number], ObjectRow>(
      `SELECT ${columns} FROM objects WHERE bucket = ? AND key > ? ORDER BY key LIMIT ?`,
    ),
    putObject: db.prepare(
      `INSERT OR REPLACE INTO objects (bucket, ${columns}) VALUES (@bucket, ${objectColumns.map((name) => `@${name}`).join(", ")})`,
    ),
    removeObject: db.prepare("DELETE FROM objects WHERE bucket = ? AND key = ?"),
  };
  return {
    db,
    buckets: () => sql.buckets.all(),
    bucket: (name: string) => sql.bucket.get(name),
    addBucket: (name: string, { versioning = "never", hasLock = 0 }: Partial<BucketRow> = {}) =>
      sql.addBucket.run(name, Date.now(), versioning, hasLock),
    setVersioning: (name: string, versioning: BucketRow["versioning"]) => sql.setVersioning.run(versioning, name),
    setCors: (name: string, cors: string | null) => sql.setCors.run(cors, name),
    removeBucket: (name: string) => sql.removeBucket.run(name),
    object: (bucket: string, key: string) => sql.object.get(bucket, key),
    /** Rows from a key on (or after it), in key order. */
    rows: (bucket: string, key: string, isInclusive: boolean, limit: number) =>
      (isInclusive ? sql.from : sql.after).all(bucket, key, limit),
    putObject: (bucket: string, row: ObjectRow) => sql.putObject.run({ bucket, ...row }),
    removeObject: (bucket: string, key: string) => sql.removeObject.run(bucket, key),
    versions: createVersionIndex(db),
    uploads: createUploadIndex(db),
    /** Runs `work` in one transaction; what it throws rolls back. */
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
    close: () => db.close(),
  };
}

/** Two servers over the same files would remove each other's bodies. */
function openForUsAlone(file: string) {
  const db = new Database(file, { timeout: 200 });
  try {
    db.pragma("locking_mode = EXCLUSIVE");
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = NORMAL");
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code === "SQLITE_BUSY") {
      throw new Error(`Another process has ${file} open. Stop it, or choose another folder.`);
    }
    throw error;
  }
  return db;
}
