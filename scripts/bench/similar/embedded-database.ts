import Database from "better-sqlite3";
import { copyDatabase, imageDatabase } from "../images/generate-images";
import { clusteredVectors } from "./clustered-vectors";

const AT_ONCE = 5_000;

/** A database with images, and a vector of `model` for each; `vectors` are all of them, in the order of the images' ids. */
export async function embeddedDatabase(folder: string, images: number, { model, dimensions }: Space) {
  const file = copyDatabase(await imageDatabase(images), folder);
  const vectorOf = clusteredVectors(dimensions);
  const vectors = new Float32Array(images * dimensions);
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = OFF");
  const insert = db.prepare(
    `INSERT INTO "ImageEmbedding" ("imageId", "model", "dimensions", "etag", "vector", "createdAt") VALUES (?, ?, ?, 'e', ?, 0)`,
  );
  const some = db.transaction((from: number) => {
    for (let number = from; number < Math.min(from + AT_ONCE, images); number++) {
      const vector = vectorOf(number);
      vectors.set(vector, number * dimensions);
      insert.run(number + 1, model, dimensions, Buffer.from(vector.buffer));
    }
  });
  for (let from = 0; from < images; from += AT_ONCE) some(from);
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
  return { file, vectors, vectorOf };
}

type Space = { model: string; dimensions: number };
