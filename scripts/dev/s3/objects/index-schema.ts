import type Database from "better-sqlite3";

/** What an object has beside its bytes. `headers`, `tags` and `acl` are JSON; the first is what goes back as headers. */
export type Traits = { headers: string; storageClass: string; tags: string | null; acl: string | null };

/** An object; of two versions of a key the one with the lower age is the newer. */
export type ObjectRow = Traits & {
  key: string;
  versionId: string;
  age: number;
  bodyId: number;
  bytes: number;
  etag: string;
  modifiedAt: number;
};

export type BucketRow = {
  name: string;
  createdAt: number;
  versioning: "never" | "Enabled" | "Suspended";
  hasLock: 0 | 1;
  /** The document that PutBucketCors was sent; null: none. */
  cors: string | null;
};

/** Of `objects`, and of `versions` beside `isMarker`. */
export const objectColumns = [
  "key",
  "versionId",
  "age",
  "bodyId",
  "bytes",
  "etag",
  "modifiedAt",
  "headers",
  "storageClass",
  "tags",
  "acl",
] as const;

/** Columns that came later; a folder of before is completed when it is opened. */
const added = {
  buckets: { versioning: "TEXT NOT NULL DEFAULT 'never'", hasLock: "INTEGER NOT NULL DEFAULT 0", cors: "TEXT" },
  objects: {
    versionId: "TEXT NOT NULL DEFAULT 'null'",
    age: "INTEGER NOT NULL DEFAULT 0",
    storageClass: "TEXT NOT NULL DEFAULT 'STANDARD'",
    tags: "TEXT",
    acl: "TEXT",
  },
  uploads: { storageClass: "TEXT NOT NULL DEFAULT 'STANDARD'", tags: "TEXT", acl: "TEXT" },
};

export function createTables(db: Database.Database) {
  db.exec(`
    CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, createdAt INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS objects (
      bucket TEXT NOT NULL, key TEXT NOT NULL, bodyId INTEGER NOT NULL, bytes INTEGER NOT NULL, etag TEXT NOT NULL,
      modifiedAt INTEGER NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS versions (
      bucket TEXT NOT NULL, key TEXT NOT NULL, versionId TEXT NOT NULL, age INTEGER NOT NULL, isMarker INTEGER NOT NULL,
      bodyId INTEGER NOT NULL, bytes INTEGER NOT NULL, etag TEXT NOT NULL, modifiedAt INTEGER NOT NULL,
      headers TEXT NOT NULL, storageClass TEXT NOT NULL, tags TEXT, acl TEXT, PRIMARY KEY (bucket, key, age)
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
  for (const [table, columns] of Object.entries(added)) {
    const present = new Set(db.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(table));
    for (const [name, type] of Object.entries(columns)) {
      if (!present.has(name)) db.exec(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
    }
  }
}
