import type Database from "better-sqlite3";
import { type ObjectRow, objectColumns } from "./index-schema";

/** A version that is not the current object of its key: a former one, or a delete marker (which has no body). */
export type VersionRow = ObjectRow & { isMarker: 0 | 1 };

/** A place in the list of versions: behind a version, or (with an infinite age) before or behind all those of a key. */
export type VersionPosition = { key: string; age: number };

/** SQLite has no infinite integer; no age comes near this one. */
const FARTHEST = Number.MAX_SAFE_INTEGER;

/** Former versions and delete markers. */
export function createVersionIndex(db: Database.Database) {
  const columns = objectColumns.join(", ");
  const select = `SELECT ${columns}, isMarker FROM versions WHERE bucket = ? AND key = ?`;
  const sql = {
    newest: db.prepare<[string, string], VersionRow>(`${select} ORDER BY age LIMIT 1`),
    find: db.prepare<[string, string, string], VersionRow>(`${select} AND versionId = ?`),
    add: db.prepare(
      `INSERT INTO versions (bucket, ${columns}, isMarker)
       VALUES (@bucket, ${objectColumns.map((name) => `@${name}`).join(", ")}, @isMarker)`,
    ),
    remove: db.prepare("DELETE FROM versions WHERE bucket = ? AND key = ? AND age = ?"),
    update: db.prepare(
      "UPDATE versions SET tags = @tags, acl = @acl WHERE bucket = @bucket AND key = @key AND age = @age",
    ),
    any: db.prepare<[string], { found: 1 }>("SELECT 1 AS found FROM versions WHERE bucket = ? LIMIT 1"),
    // Both halves come in order from their primary keys, so that a page costs what it shows.
    after: db.prepare<[string, string, number, string, string, number, number], VersionRow>(
      `SELECT ${columns}, 0 AS isMarker FROM objects WHERE bucket = ? AND (key, age) > (?, ?)
       UNION ALL
       SELECT ${columns}, isMarker FROM versions WHERE bucket = ? AND (key, age) > (?, ?)
       ORDER BY key, age LIMIT ?`,
    ),
  };
  const reach = (age: number) => Math.max(-FARTHEST, Math.min(age, FARTHEST));
  return {
    newest: (bucket: string, key: string) => sql.newest.get(bucket, key),
    find: (bucket: string, key: string, versionId: string) => sql.find.get(bucket, key, versionId),
    add: (bucket: string, row: VersionRow) => sql.add.run({ bucket, ...row }),
    remove: (bucket: string, { key, age }: VersionPosition) => sql.remove.run(bucket, key, age),
    /** Changes what may change of a version: its tags and its ACL. */
    update: (bucket: string, { key, age, tags, acl }: VersionRow) => sql.update.run({ bucket, key, age, tags, acl }),
    hasAny: (bucket: string) => sql.any.get(bucket) !== undefined,
    /** All versions behind a place, current objects among them, by key and then the newest first. */
    after: (bucket: string, { key, age }: VersionPosition, limit: number) =>
      sql.after.all(bucket, key, reach(age), bucket, key, reach(age), limit),
  };
}
