import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { digestOf } from "~/features/similar-images/file/digest.server";
import { beginningOf, indexFolder, type Sidecar, toSidecar } from "~/features/similar-images/file/index-file";
import { countRows, type EmbeddingRow, readRowsAfter } from "~/features/similar-images/vectors/embeddings.sql.server";
import { readVector, type Space } from "~/features/similar-images/vectors/space";
import type { Db } from "~/ports/db.server";
import { takeBuildLock } from "./build-lock.server";
import { startBuilder } from "./builder.server";
import type { Files, Frame, FromBuilder } from "./messages";
import { removeLeft, removeOthers } from "./remove-left.server";

/** Rows that a builder gets at a time: some 0.1 to 1 s of its work, after which it sees that this process is gone. */
const ROWS_AT_ONCE = 200;
/** More threads take memory each, and other work comes first anyway. */
const MOST_THREADS = 4;
/** Rows by which an index is known again, about. */
const SAMPLES = 64;

/**
 * Builds an index of a space's rows as they are, beside the database, and removes its former ones. Whatever ends this early leaves
 * files without a sidecar, which the next build removes.
 * @param base an index that is sound, to which newer rows are added; null: of all rows
 * @returns null: another process builds just now
 */
export async function buildIndex(
  { db }: { db: Db },
  space: Space,
  { base = null, signal }: { base?: Sidecar | null; signal: AbortSignal },
): Promise<Sidecar | null> {
  const lock = takeBuildLock(db.$file, space);
  if (!lock) return null;
  const folder = indexFolder(db.$file);
  try {
    await removeLeft(folder);
    const name = `${beginningOf(space)}${randomBytes(4).toString("hex")}`;
    const to = { index: `${name}.usearch`, codes: `${name}.codes` };
    const made = await addRows(db, space, { base, to, signal, note: lock.note });
    const said: Sidecar = { ...space, ...made };
    signal.throwIfAborted();
    placeSidecar(folder, `${name}.json`, said);
    await removeOthers(folder, space, `${name}.json`);
    return said;
  } finally {
    await removeLeft(folder).catch(() => {});
    lock.release();
  }
}

type Adding = { base: Sidecar | null; to: Files; signal: AbortSignal; note(indexed: number): void };

async function addRows(db: Db, { model, dimensions }: Space, { base, to, signal, note }: Adding) {
  const folder = indexFolder(db.$file);
  const inFolder = ({ index, codes }: Files): Files => ({ index: join(folder, index), codes: join(folder, codes) });
  const former = base && { ...inFolder({ index: base.index.file, codes: base.codes.file }), count: base.count };
  const threads = Math.min(availableParallelism(), MOST_THREADS);
  const builder = await startBuilder({ dimensions, base: former, to: inFolder(to), threads }, signal);
  try {
    let { lastId, rows, samples } = base ?? { lastId: 0, rows: 0, samples: [] };
    const samplesApart = Math.ceil((await countRows(db, model, { above: lastId })) / SAMPLES);
    for (;;) {
      const read = await readRowsAfter(db, model, lastId, ROWS_AT_ONCE);
      const added = usable(read, dimensions);
      const last = read.at(-1);
      if (last) {
        lastId = last.id;
        const sampled = added.rows.filter((_, at) => (rows + at) % samplesApart === 0);
        samples = [...samples, ...sampled.map(({ id, vector }) => ({ id, sha256: digestOf(vector) }))];
        rows += read.length;
      }
      if (added.frame.ids.length > 0) note((await builder.add(added.frame)).count);
      if (read.length < ROWS_AT_ONCE) break;
    }
    const { index, codes, count } = finished(await builder.add({ ids: [], imageIds: [], vectors: [] }));
    const thinned = samples.filter((_, at) => at % Math.ceil(samples.length / (2 * SAMPLES)) === 0);
    const files = { index: { file: to.index, ...index }, codes: { file: to.codes, ...codes } };
    return { count, rows, lastId, ...files, samples: thinned };
  } finally {
    builder.end();
  }
}

/** Rows whose vectors belong to the space and are whole: a number that is none would spoil usearch's graph. */
function usable(read: EmbeddingRow[], dimensions: number): { rows: EmbeddingRow[]; frame: Frame } {
  const whole = read.flatMap((row) => {
    const vector = row.dimensions === dimensions ? readVector(row.vector, dimensions) : null;
    return vector ? [{ row, vector }] : [];
  });
  const frame = {
    ids: whole.map(({ row }) => row.id),
    imageIds: whole.map(({ row }) => row.imageId),
    vectors: whole.map(({ vector }) => vector),
  };
  return { rows: whole.map(({ row }) => row), frame };
}

function finished(said: FromBuilder) {
  if ("index" in said) return said;
  throw new Error("The process that builds an index did not say what it has written.");
}

/** On the disk, and whole, before it has its name. */
function placeSidecar(folder: string, name: string, said: Sidecar): void {
  const partial = join(folder, `${name}.partial`);
  writeFileSync(partial, toSidecar(said), { mode: 0o600 });
  flush(partial);
  renameSync(partial, join(folder, name));
  if (process.platform !== "win32") flush(folder);
}

function flush(path: string): void {
  const opened = openSync(path, "r");
  fsyncSync(opened);
  closeSync(opened);
}
