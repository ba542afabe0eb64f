import { randomUUID } from "node:crypto";
import { createReadStream, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { createDigests, type Digests } from "./check-digests";
import type { ObjectIndex } from "./object-index";

/** A body that has come in and belongs to nothing yet. */
export type ReceivedBody = Digests & { bytes: number; content: Buffer | null; file: string | null };

export type BodyStore = ReturnType<typeof openBodies>;

/** Up to here a body lies in the index's file: a million small files are slow to make and slower to remove. */
const MAX_INLINE_BYTES = 64 * 1024;

/** Bodies of objects and parts, in SQLite when small, else one file each. */
export function openBodies(index: ObjectIndex, dataDir: string) {
  const { db } = index;
  const incoming = join(dataDir, "incoming");
  // Whatever was being received when the last process ended belongs to nothing.
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming, { recursive: true });
  const sql = {
    add: db.prepare<[Buffer | null]>("INSERT INTO bodies (uses, content) VALUES (1, ?)"),
    use: db.prepare("UPDATE bodies SET uses = uses + 1 WHERE id = ?"),
    release: db.prepare<[number], { uses: number; isFile: number }>(
      "UPDATE bodies SET uses = uses - 1 WHERE id = ? RETURNING uses, content IS NULL AS isFile",
    ),
    remove: db.prepare("DELETE FROM bodies WHERE id = ?"),
    content: db.prepare<[number], { content: Buffer | null }>("SELECT content FROM bodies WHERE id = ?"),
  };
  const fileOf = (id: number) => join(dataDir, "bodies", (id % 256).toString(16).padStart(2, "0"), String(id));

  return {
    /** Reads a body to its end. A large one goes to a file as it comes. */
    async receive(stream: AsyncIterable<Buffer>): Promise<ReceivedBody> {
      const digests = createDigests();
      let bytes = 0;
      let small: Buffer[] = [];
      let file: string | null = null;
      let handle: FileHandle | null = null;
      try {
        for await (const chunk of stream) {
          bytes += chunk.length;
          digests.update(chunk);
          small.push(chunk);
          if (bytes <= MAX_INLINE_BYTES) continue;
          file ??= join(incoming, randomUUID());
          handle ??= await open(file, "w");
          await handle.writev(small);
          small = [];
        }
      } catch (error) {
        if (file) rmSync(file, { force: true });
        throw error;
      } finally {
        await handle?.close();
      }
      const content = file ? null : Buffer.concat(small);
      return { bytes, ...digests.digest(), content, file };
    },

    /** Keeps a received body, within the transaction that refers to it. */
    keep({ content, file }: ReceivedBody): number {
      const id = Number(sql.add.run(content).lastInsertRowid);
      if (file) {
        mkdirSync(dirname(fileOf(id)), { recursive: true });
        renameSync(file, fileOf(id));
      }
      return id;
    },

    discard({ file }: ReceivedBody) {
      if (file) rmSync(file, { force: true });
    },

    /** One more object has this body. */
    use(id: number) {
      sql.use.run(id);
    },

    /** One object fewer has this body; the last one takes it along. */
    release(id: number) {
      const row = sql.release.get(id);
      if (row?.uses !== 0) return;
      sql.remove.run(id);
      if (row.isFile) rmSync(fileOf(id), { force: true });
    },

    /** Bytes `first` to `last`, both included. */
    read(id: number, first: number, last: number): Readable {
      if (last < first) return Readable.from([]);
      const content = sql.content.get(id)?.content;
      if (content) return Readable.from([content.subarray(first, last + 1)]);
      // Opened at once: the file may be removed by the next request, its content stays readable then.
      return createReadStream("", { fd: openSync(fileOf(id), "r"), start: first, end: last });
    },
  };
}
