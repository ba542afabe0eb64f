import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/** An object; `headers` is the JSON of what goes back to clients as headers. */
export type ObjectRow = {
  key: string;
  bodyId: number;
  bytes: number;
  etag: string;
  modifiedAt: number;
  headers: string;
};

export type PartRow = { uploadId: string; number: number; bodyId: number; bytes: number; etag: string };

export type ObjectIndex = ReturnType<typeof openIndex>;

/**
 * Names, sizes and ETags of all objects. TEXT compares by UTF-8 bytes in SQLite, which is S3's order of keys.
 * A body may belong to several objects (copies), so it counts them.
 */
export function openIndex(dataDir: string) {
  mkdirSync(dataDir, { recursive: true });
  const db = openForUsAlone(join(dataDir, "index.db"));
  db.exec(`
    CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, createdAt INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS objects (
      bucket TEXT NOT NULL, key TEXT NOT NULL, bodyId INTEGER NOT NULL, bytes INTEGER NOT NULL, etag TEXT NOT NULL,
      modifiedAt INTEGER NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS bodies (id INTEGER PRIMARY KEY, uses INTEGER NOT NULL, content BLOB);
    CREATE TABLE IF NOT EXISTS uploads (
      id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, headers TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS parts (
      uploadId TEXT NOT NULL, number INTEGER NOT NULL, bodyId INTEGER NOT NULL, bytes INTEGER NOT NULL,
      etag TEXT NOT NULL, PRIMARY KEY (uploadId, number)
    ) WITHOUT ROWID;
  `);
  const columns = "key, bodyId, bytes, etag, modifiedAt, headers";
  const sql = {
    buckets: db.prepare<[], { name: string; createdAt: number }>("SELECT name, createdAt FROM buckets ORDER BY name"),
    bucket: db.prepare<[string], { name: string }>("SELECT name FROM buckets WHERE name = ?"),
    addBucket: db.prepare("INSERT INTO buckets (name, createdAt) VALUES (?, ?)"),
    removeBucket: db.prepare("DELETE FROM buckets WHERE name = ?"),
    object: db.prepare<[string, string], ObjectRow>(`SELECT ${columns} FROM objects WHERE bucket = ? AND key = ?`),
    from: db.prepare<[string, string, number], ObjectRow>(
      `SELECT ${columns} FROM objects WHERE bucket = ? AND key >= ? ORDER BY key LIMIT ?`,
    ),
    after: db.prepare<[string, string, number], ObjectRow>(
      `SELECT ${columns} FROM objects WHERE bucket = ? AND key > ? ORDER BY key LIMIT ?`,
    ),
    putObject: db.prepare(
      `INSERT OR REPLACE INTO objects (bucket, ${columns}) VALUES (@bucket, @key, @bodyId, @bytes, @etag, @modifiedAt, @headers)`,
    ),
    removeObject: db.prepare("DELETE FROM objects WHERE bucket = ? AND key = ?"),
    addUpload: db.prepare("INSERT INTO uploads (id, bucket, key, headers) VALUES (?, ?, ?, ?)"),
    upload: db.prepare<[string, string, string], { id: string; headers: string }>(
      "SELECT id, headers FROM uploads WHERE id = ? AND bucket = ? AND key = ?",
    ),
    removeUpload: db.prepare("DELETE FROM uploads WHERE id = ?"),
    removeParts: db.prepare("DELETE FROM parts WHERE uploadId = ?"),
    parts: db.prepare<[string], PartRow>("SELECT * FROM parts WHERE uploadId = ? ORDER BY number"),
    putPart: db.prepare(
      "INSERT OR REPLACE INTO parts (uploadId, number, bodyId, bytes, etag) VALUES (@uploadId, @number, @bodyId, @bytes, @etag)",
    ),
  };
  return {
    db,
    buckets: () => sql.buckets.all(),
    hasBucket: (name: string) => sql.bucket.get(name) !== undefined,
    addBucket: (name: string) => sql.addBucket.run(name, Date.now()),
    removeBucket: (name: string) => sql.removeBucket.run(name),
    object: (bucket: string, key: string) => sql.object.get(bucket, key),
    /** Rows from a key on (or after it), in key order. */
    rows: (bucket: string, key: string, isInclusive: boolean, limit: number) =>
      (isInclusive ? sql.from : sql.after).all(bucket, key, limit),
    putObject: (bucket: string, row: ObjectRow) => sql.putObject.run({ bucket, ...row }),
    removeObject: (bucket: string, key: string) => sql.removeObject.run(bucket, key),
    uploads: {
      add: (id: string, bucket: string, key: string, headers: string) => sql.addUpload.run(id, bucket, key, headers),
      find: (id: string, bucket: string, key: string) => sql.upload.get(id, bucket, key),
      parts: (id: string) => sql.parts.all(id),
      putPart: (part: PartRow) => sql.putPart.run(part),
      remove(id: string) {
        sql.removeParts.run(id);
        sql.removeUpload.run(id);
      },
    },
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
