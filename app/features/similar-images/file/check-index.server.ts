import { stat } from "node:fs/promises";
import { join } from "node:path";
import { readLastGivenId, readRowsOf } from "~/features/similar-images/vectors/embeddings.sql.server";
import type { Db } from "~/ports/db.server";
import { digestOf, digestOfFile } from "./digest.server";
import type { Sidecar } from "./index-file";

const otherDatabase = "it was made of another database's vectors";

/** Why an index must not be used, as the end of a sentence; null: it is whole, and of this database's rows. */
export async function findFault(db: Db, folder: string, said: Sidecar): Promise<string | null> {
  if (said.lastId > (await readLastGivenId(db))) return otherDatabase;
  const digests = new Map(said.samples.map(({ id, sha256 }) => [id, sha256]));
  const rows = await readRowsOf(db, [...digests.keys()]);
  if (rows.some(({ id, model, vector }) => model !== said.model || digestOf(vector) !== digests.get(id))) {
    return otherDatabase;
  }
  for (const { file, bytes, sha256 } of [said.index, said.codes]) {
    const found = await stat(join(folder, file)).catch(() => null);
    if (!found) return `${file} is missing`;
    if (found.size !== bytes) return `${file} has ${found.size} bytes instead of ${bytes}`;
    if ((await digestOfFile(join(folder, file))) !== sha256) return `${file} holds other bytes than were written`;
  }
  return null;
}
