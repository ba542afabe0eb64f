import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { buildIndex } from "./build/build-index.server";
import { takeBuildLock } from "./build/build-lock.server";
import { removeUnused } from "./build/remove-left.server";
import { findFault } from "./file/check-index.server";
import { indexFolder, type Sidecar } from "./file/index-file";
import { listSidecars, namesIn } from "./file/list-sidecars.server";
import { countRows, readModels, readNewest } from "./vectors/embeddings.sql.server";
import type { Space } from "./vectors/space";

type Deps = Pick<Ports, "db" | "log">;

const EVERY_MS = 10_000;
/** Looking takes this share of a worker's time at most. */
const SHARE = 0.05;

/** So many vectors are compared one by one in 2 ms: fewer need no index, and as many more are added to one. */
const RECENT_VECTORS = 4_000;
/** Above this share of rows that are gone, a search asks the index for too much that is not there. */
const GONE_SHARE = 0.1;

/** Keeps an index of each model's vectors beside the database until `signal` aborts. Every worker may do so. */
export async function keepIndexes(deps: Deps, signal: AbortSignal): Promise<void> {
  const sound = new Set<string>();
  while (!signal.aborted) {
    const startedAt = performance.now();
    try {
      await tidy(deps);
      for (const model of await readModels(deps.db)) await keepIndex(deps, model, { sound, signal });
    } catch (error) {
      if (!signal.aborted) deps.log.warn({ err: error }, "the index of similar images could not be built");
    }
    const tookMs = performance.now() - startedAt;
    await sleep(Math.max(EVERY_MS, tookMs / SHARE), undefined, { signal }).catch(() => {});
  }
}

/** Removes what a build that was killed has left, and indexes whose vectors are all gone, unless a build is under way. */
export async function tidy({ db }: Pick<Deps, "db">): Promise<void> {
  const folder = indexFolder(db.$file);
  if (namesIn(folder).length === 0) return;
  const lock = takeBuildLock(db.$file, { model: "", dimensions: 0 });
  if (!lock) return;
  await removeUnused(db, folder).finally(() => lock.release());
}

type Keeping = { sound: Set<string>; signal: AbortSignal };

/**
 * Builds the index of a model's vectors where it has to be: of those as long as the model's newest.
 * @param sound names of sidecars that were checked since this process started
 */
export async function keepIndex(deps: Deps, model: string, { sound, signal }: Keeping): Promise<Sidecar | null> {
  const newest = await readNewest(deps.db, model);
  if (!newest) return null;
  const space = { model, dimensions: newest.dimensions };
  const has = await findSound(deps, space, sound);
  const due = await whyBuild(deps, model, has);
  if (!due) return null;
  const startedAt = performance.now();
  const said = await buildIndex(deps, space, { base: due.base, signal });
  if (!said) return null;
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  deps.log.info(
    `The index of similar images was built in ${seconds} s from ${said.count} vectors of ${quote(model)}, because ${due.why}.`,
  );
  return said;
}

/** The newest index of a space that is whole and of this database; others are removed, with a sentence that says why. */
async function findSound({ db, log }: Deps, space: Space, sound: Set<string>): Promise<Sidecar | null> {
  const folder = indexFolder(db.$file);
  for (const { name, said } of listSidecars(folder, space)) {
    const fault = sound.has(name) ? null : await findFault(db, folder, said);
    if (!fault) {
      sound.add(name);
      return said;
    }
    log.warn(`The index of similar images ${name} is removed, because ${fault}.`);
    await rm(join(folder, name), { force: true });
  }
  return null;
}

/** @returns null: the index is as it should be, or there are too few vectors for one */
async function whyBuild(
  { db }: Deps,
  model: string,
  has: Sidecar | null,
): Promise<{ why: string; base: Sidecar | null } | null> {
  const recent = await countRows(db, model, { above: has?.lastId ?? 0, most: RECENT_VECTORS + 1 });
  if (!has) return recent > RECENT_VECTORS ? { why: "there was none", base: null } : null;
  const gone = has.rows - (await countRows(db, model, { upTo: has.lastId }));
  if (gone > has.rows * GONE_SHARE) return { why: `${gone} of ${has.rows} vectors are gone`, base: null };
  return recent > RECENT_VECTORS ? { why: `more than ${RECENT_VECTORS} vectors are new`, base: has } : null;
}
