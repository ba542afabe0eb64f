import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Space } from "~/features/similar-images/vectors/space";
import { beginningOf, isOf, type Sidecar, sidecar } from "./index-file";

/** The files of a folder; none where there is no folder. */
export const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** What a sidecar says; null: it is none, or of another version. */
export async function readSidecar(folder: string, name: string): Promise<Sidecar | null> {
  try {
    return sidecar.parse(JSON.parse(await readFile(join(folder, name), "utf8")));
  } catch {
    return null;
  }
}

/** The indexes of a space by the names of their sidecars, the one that has the newest vectors first. */
export async function listSidecars(folder: string, space: Space): Promise<{ name: string; said: Sidecar }[]> {
  const beginning = beginningOf(space);
  const names = (await namesIn(folder)).filter((name) => name.startsWith(beginning) && name.endsWith(".json"));
  const read = await Promise.all(names.map(async (name) => ({ name, said: await readSidecar(folder, name) })));
  return read
    .flatMap(({ name, said }) => (said && isOf(space, said) ? [{ name, said }] : []))
    .sort((a, b) => b.said.lastId - a.said.lastId || a.said.rows - b.said.rows || (a.name < b.name ? -1 : 1));
}
