import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Space } from "~/features/similar-images/vectors/space";
import { beginningOf, isOf, type Sidecar, sidecar } from "./index-file";

/** The files of a folder; none where there is no folder. Asked at each search, and answered sooner than a thread could be told. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What a sidecar says; null: it is none, or of another version. */
export function readSidecar(folder: string, name: string): Sidecar | null {
  try {
    return sidecar.parse(JSON.parse(readFileSync(join(folder, name), "utf8")));
  } catch {
    return null;
  }
}

/** The names that sidecars of a space have; another space's name may begin in the same way. */
export const sidecarNames = (folder: string, space: Space) =>
  namesIn(folder).filter((name) => name.startsWith(beginningOf(space)) && name.endsWith(".json"));

/** The indexes of a space by the names of their sidecars, the one that has the newest vectors first. */
export const listSidecars = (folder: string, space: Space): { name: string; said: Sidecar }[] =>
  sidecarNames(folder, space)
    .map((name) => ({ name, said: readSidecar(folder, name) }))
    .flatMap(({ name, said }) => (said && isOf(space, said) ? [{ name, said }] : []))
    .sort((a, b) => b.said.lastId - a.said.lastId || a.said.rows - b.said.rows || (a.name < b.name ? -1 : 1));
