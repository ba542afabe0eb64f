import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import { toIndexWords } from "~/features/images/text/search-text";
import { migrate } from "../../dev/console/migrate";
import { foundFirst, imageKey, imageRow, labelRows, OWNERS, ownerId } from "./image-rows";

const project = resolve(import.meta.dirname, "../../..");
const cache = join(project, "node_modules/.cache/bench-images");
/** What the rows and words depend on. */
const madeBy = [
  "scripts/bench/images/generate-images.ts",
  "scripts/bench/images/image-rows.ts",
  "app/features/images/text/search-text.ts",
];
/** A label run asked about the first images. */
const ASKED = 2_000;

/**
 * A database with so many images of 200 owners and of nobody, three labels each, made once. Most are numbered in the order
 * of their keys, as a first index run finds them, and the rest in the order of time. It stays under node_modules/.cache until the migrations or the
 * generator change. Copy it (`copyDatabase`) before you write to it.
 */
export async function imageDatabase(images: number): Promise<string> {
  const file = join(cache, `${images}-${version()}.db`);
  if (existsSync(file)) return file;
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) {
    if (!name.includes(version())) rmSync(join(cache, name));
  }
  const making = `${file}.${process.pid}`;
  migrate(making);
  fill(making, images);
  renameSync(making, file);
  return file;
}

/** A copy at `folder`/ops.db, as all processes of ours expect it; on the disk, so that what follows need not wait for it. */
export function copyDatabase(file: string, folder: string): string {
  const copy = join(folder, "ops.db");
  for (const end of ["", "-wal", "-shm"]) rmSync(`${copy}${end}`, { force: true });
  copyFileSync(file, copy);
  const opened = openSync(copy, "r+");
  fsyncSync(opened);
  closeSync(opened);
  return copy;
}

function version(): string {
  const hash = createHash("sha256");
  const migrations = join(project, "prisma/migrations");
  for (const name of readdirSync(migrations).sort()) {
    const file = join(migrations, name, "migration.sql");
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  for (const file of madeBy) hash.update(readFileSync(join(project, file)));
  return hash.digest("hex").slice(0, 12);
}

function fill(file: string, images: number): void {
  const db = new Database(file);
  db.pragma("journal_mode = MEMORY");
  db.pragma("synchronous = OFF");
  db.pragma("cache_size = -400000");
  db.function("words", { deterministic: true }, (key) => toIndexWords(String(key)).join(" "));
  const indexes = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('Image', 'Label')",
    )
    .all();
  db.transaction(() => {
    // Made at the end: sorted once instead of kept in order row by row.
    for (const { name } of indexes) if (name !== "Image_key_key") db.exec(`DROP INDEX ${name}`);
    const owner = db.prepare(`INSERT INTO "Owner" ("id", "name", "createdAt") VALUES (?, ?, 1704067200000)`);
    for (let n = 0; n < OWNERS; n++) owner.run(ownerId(n), `Member ${n}`);
    fillImages(db, images);
    db.exec(`INSERT INTO "ImageText" (rowid, "words") SELECT "id", words("key") FROM "Image"`);
    db.exec(`
      INSERT INTO "JobRun" ("id", "kind", "title", "lane", "status", "payload", "planned", "actor", "actorName", "createdAt", "finishedAt")
      VALUES (1, 'label-run', 'Label run', 1, 'succeeded', '{}', ${ASKED}, 'script:bench', 'Bench', 1704067200000, 1704067200000);
      INSERT INTO "LabelRun" ("id", "jobRunId", "scope", "createdAt") VALUES (1, 1, '{}', 1704067200000);
      INSERT INTO "ModelCall" ("labelRunId", "imageId", "requestHash", "reservedUsd", "outcome", "createdAt")
      SELECT 1, "id", "id", 0.001, 'labelled', 1704067200000 FROM "Image" WHERE "id" <= ${ASKED};`);
    for (const { name, sql } of indexes) if (name !== "Image_key_key") db.exec(sql);
  })();
  db.pragma("journal_mode = DELETE");
  db.close();
}

function fillImages(db: Database.Database, images: number): void {
  const columns = [
    ...["key", "etag", "bytes", "kind", "ownerId", "readEtag", "contentType", "width", "height", "sha256"],
    ...["unreadableClass", "unreadable", "thumbnailEtag", "modifiedAt", "createdAt", "goneAt"],
  ];
  const image = db.prepare(
    `INSERT INTO "Image" ("id", "isTextDue", ${columns.map((name) => `"${name}"`).join(", ")})
     VALUES (@id, 0, ${columns.map((name) => `@${name}`).join(", ")})`,
  );
  const label = db.prepare(
    `INSERT INTO "Label" ("imageId", "attribute", "value", "etag", "source", "labelRunId", "acceptedBy", "acceptedAt")
     VALUES (@id, @attribute, @value, @etag, @source, CASE @source WHEN 'model' THEN 1 END, 'operator:1', 1704067200000)`,
  );
  const keys = Array.from({ length: images }, (_, n) => ({ n, key: imageKey(n) }));
  const first = keys.splice(0, foundFirst(images)).sort((a, b) => (a.key < b.key ? -1 : 1));
  const since = keys.map(({ n, key }) => ({ n, key, at: imageRow(n, key).createdAt })).sort((a, b) => a.at - b.at);
  let id = 0;
  for (const { n, key } of [...first, ...since]) {
    id += 1;
    const row = imageRow(n, key);
    image.run({ id, ...row });
    for (const one of labelRows(n, row.etag)) label.run({ id, ...one });
  }
}
