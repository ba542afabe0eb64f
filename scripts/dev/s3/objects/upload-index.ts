import type Database from "better-sqlite3";
import type { Traits } from "./index-schema";

export type PartRow = { uploadId: string; number: number; bodyId: number; bytes: number; etag: string };

/** Multipart uploads that are under way. */
export function createUploadIndex(db: Database.Database) {
  const sql = {
    add: db.prepare(
      "INSERT INTO uploads (id, bucket, key, headers, storageClass, tags, acl) VALUES (@id, @bucket, @key, @headers, @storageClass, @tags, @acl)",
    ),
    find: db.prepare<[string, string, string], Traits & { id: string }>(
      "SELECT id, headers, storageClass, tags, acl FROM uploads WHERE id = ? AND bucket = ? AND key = ?",
    ),
    remove: db.prepare("DELETE FROM uploads WHERE id = ?"),
    removeParts: db.prepare("DELETE FROM parts WHERE uploadId = ?"),
    parts: db.prepare<[string], PartRow>("SELECT * FROM parts WHERE uploadId = ? ORDER BY number"),
    putPart: db.prepare(
      "INSERT OR REPLACE INTO parts (uploadId, number, bodyId, bytes, etag) VALUES (@uploadId, @number, @bodyId, @bytes, @etag)",
    ),
  };
  return {
    add: (id: string, bucket: string, key: string, traits: Traits) => sql.add.run({ id, bucket, key, ...traits }),
    find: (id: string, bucket: string, key: string) => sql.find.get(id, bucket, key),
    parts: (id: string) => sql.parts.all(id),
    putPart: (part: PartRow) => sql.putPart.run(part),
    remove(id: string) {
      sql.removeParts.run(id);
      sql.remove.run(id);
    },
  };
}
