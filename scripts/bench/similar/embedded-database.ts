import Database from "better-sqlite3";
import type { Space } from "~/features/similar-images/vectors/space";
import { readVector } from "~/features/similar-images/vectors/space";
import { copyDatabase, imageDatabase } from "../images/generate-images";
import { clusteredVectors } from "./clustered-vectors";

const AT_ONCE = 5_000;

/**
 * A database with images, and a vector of `model` for each, in `folder`. One that a bench has left there with as many is taken, and one that it
 * did not finish is gone on with.
 */
export async function embeddedDatabase(folder: string, images: number, { model, dimensions }: Space) {
  const vectorOf = clusteredVectors(dimensions);
  const file = isThere(folder, images) ? `${folder}/ops.db` : copyDatabase(await imageDatabase(images), folder);
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = OFF");
  const insert = db.prepare(
    `INSERT INTO "ImageEmbedding" ("imageId", "model", "dimensions", "etag", "vector", "createdAt") VALUES (?, ?, ?, 'e', ?, 0)`,
  );
  const some = db.transaction((from: number) => {
    for (let number = from; number < Math.min(from + AT_ONCE, images); number++) {
      insert.run(number + 1, model, dimensions, Buffer.from(vectorOf(number).buffer));
    }
  });
  const done = db.prepare(`SELECT count(*) FROM "ImageEmbedding"`).pluck().get() as number;
  for (let from = done; from < images; from += AT_ONCE) some(from);
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
  return { file, vectorOf };
}

/** Whether a database of so many images lies there, whole; it has its name before it is copied whole, and its images were made at once. */
function isThere(folder: string, images: number): boolean {
  try {
    const db = new Database(`${folder}/ops.db`, { fileMustExist: true });
    const found = db.prepare(`SELECT count(*) FROM "Image"`).pluck().get();
    db.close();
    return found === images;
  } catch {
    return false;
  }
}

/** All vectors of a database that was made here, in the order of the images' ids: 3 kB each of 768 numbers. */
export function readVectors(file: string, images: number, dimensions: number): Float32Array {
  const vectors = new Float32Array(images * dimensions);
  const db = new Database(file, { readonly: true });
  const rows = db.prepare<[], { imageId: number; vector: Buffer }>(`SELECT "imageId", "vector" FROM "ImageEmbedding"`);
  for (const { imageId, vector } of rows.iterate()) {
    const read = readVector(vector, dimensions);
    if (!read) throw new Error(`Image ${imageId} has no vector of ${dimensions} numbers.`);
    vectors.set(read, (imageId - 1) * dimensions);
  }
  db.close();
  return vectors;
}
