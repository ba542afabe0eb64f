import { rm } from "node:fs/promises";
import { join } from "node:path";
import { listSidecars, namesIn, readSidecar } from "~/features/similar-images/file/list-sidecars.server";
import { hasRows } from "~/features/similar-images/vectors/embeddings.sql.server";
import type { Space } from "~/features/similar-images/vectors/space";
import type { Db } from "~/ports/db.server";
import { isLock } from "./build-lock.server";

/** One that a process has open stays on some systems; the next build removes it. */
const remove = (folder: string, name: string) => rm(join(folder, name), { force: true }).catch(() => {});

/** Removes what no sidecar speaks of: of builds that ended early, and of former indexes. For whoever has the build's lock. */
export async function removeLeft(folder: string): Promise<void> {
  const names = namesIn(folder);
  const kept = new Set<string>();
  for (const name of names.filter((one) => one.endsWith(".json"))) {
    const said = readSidecar(folder, name);
    for (const file of said ? [name, said.index.file, said.codes.file] : []) kept.add(file);
  }
  for (const name of names) if (!kept.has(name) && !isLock(name)) await remove(folder, name);
}

/** Removes the indexes of spaces that have no vector any more. For whoever has the build's lock. */
export async function removeUnused(db: Db, folder: string): Promise<void> {
  for (const name of namesIn(folder).filter((one) => one.endsWith(".json"))) {
    const said = readSidecar(folder, name);
    if (said && !(await hasRows(db, said))) await remove(folder, name);
  }
  await removeLeft(folder);
}

/** Removes a space's former indexes: first what speaks of them. */
export async function removeOthers(folder: string, space: Space, keep: string): Promise<void> {
  for (const { name } of listSidecars(folder, space)) if (name !== keep) await remove(folder, name);
  await removeLeft(folder);
}
