import { existsSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { readProgress } from "~/features/similar-images/build/build-lock.server";
import { findFault } from "~/features/similar-images/file/check-index.server";
import { indexFolder, type Sidecar } from "~/features/similar-images/file/index-file";
import { listSidecars, sidecarNames } from "~/features/similar-images/file/list-sidecars.server";
import { type OpenIndex, openIndex } from "~/features/similar-images/file/open-index.server";
import { countRows } from "~/features/similar-images/vectors/embeddings.sql.server";
import { type RecentVectors, recentVectors } from "~/features/similar-images/vectors/recent-vectors.server";
import type { Space } from "~/features/similar-images/vectors/space";
import type { Ports } from "~/ports/index.server";

type Deps = Pick<Ports, "db" | "log">;

/** Compared one by one: 10 ms and, of 768 numbers, 60 MB of each process. With more than these beyond an index, a search waits for the next. */
const RECENT_AT_MOST = 20_000;

/** The vectors of a space as a search finds them: an index, and what is newer. `indexed` are those that a build has got to. */
export type OpenedSpace = Open | { kind: "building"; vectors: number; indexed: number };
export type Open = { kind: "open"; index: OpenIndex | null; recent: RecentVectors };

type State = { name: string | null; index: OpenIndex | null; recent: RecentVectors; opening: Promise<void> | null };

/** What this process has open, by database and space. */
const opened = new WeakMap<Deps["db"], Map<string, State>>();
/** Indexes that were found unsound, by the names of their sidecars. */
const refused = new Set<string>();

function stateOf({ db }: Deps, space: Space): State {
  const ofDatabase = opened.get(db) ?? new Map<string, State>();
  opened.set(db, ofDatabase);
  const key = `${space.dimensions} ${space.model}`;
  const state = ofDatabase.get(key) ?? { name: null, index: null, recent: recentVectors(space, 0), opening: null };
  ofDatabase.set(key, state);
  return state;
}

/** Takes up the newest index of a space and reads what was written since it was made. */
export async function openSpace(deps: Deps, space: Space): Promise<OpenedSpace> {
  const { db } = deps;
  const state = stateOf(deps, space);
  if (!state.opening && hasOthers(deps, space, state)) {
    const newest = listSidecars(indexFolder(db.$file), space).find(({ name }) => !refused.has(name));
    if (newest && newest.name !== state.name) {
      state.opening = takeUp(deps, space, newest).finally(() => {
        state.opening = null;
      });
    }
  }
  // The former index goes on answering while the next one is read.
  if (!state.index) await state.opening;
  if (!state.index && hasUntried(deps, space)) return openSpace(deps, space);
  const { recent } = state;
  const unread = await countRows(db, space.model, { above: recent.lastId(), most: RECENT_AT_MOST + 1 });
  if (recent.count() + unread > RECENT_AT_MOST) {
    const vectors = await countRows(db, space.model, {});
    return { kind: "building", vectors, indexed: readProgress(db.$file, space) ?? 0 };
  }
  await recent.refresh(db);
  // Of one moment: a newer index may have come in between, with fewer recent ones.
  const { index, recent: now } = state;
  if (now !== recent) await now.refresh(db);
  return { kind: "open", index, recent: now };
}

/** Whether there is a sidecar beside the one that is open. */
const hasOthers = ({ db }: Deps, space: Space, { name }: State) =>
  sidecarNames(indexFolder(db.$file), space).some((other) => other !== name);

const hasUntried = ({ db }: Deps, space: Space) =>
  listSidecars(indexFolder(db.$file), space).some(({ name }) => !refused.has(name));

async function takeUp(deps: Deps, space: Space, { name, said }: { name: string; said: Sidecar }): Promise<void> {
  const { db, log } = deps;
  const folder = indexFolder(db.$file);
  const state = stateOf(deps, space);
  try {
    const fault = await findFault(db, folder, said);
    // A newer one has come in between, and this one was removed.
    if (fault && !existsSync(join(folder, name))) return;
    if (fault) {
      log.warn(`The index of similar images ${name} is not used, because ${fault}. A worker builds another one.`);
      refused.add(name);
      return;
    }
    const index = await openIndex(folder, said);
    Object.assign(state, { name, index, recent: state.recent.beyond(said.lastId) });
  } catch (error) {
    log.warn({ err: error }, `The index of similar images ${name} could not be opened. A worker builds another one.`);
    refused.add(name);
  }
}

/** Gives up an index that says of a row what the row does not: the next worker that looks builds another one. */
export async function distrust(deps: Deps, space: Space): Promise<void> {
  const state = stateOf(deps, space);
  const { name } = state;
  if (name === null) return;
  deps.log.warn(
    `The index of similar images ${name} is of other vectors than the database has. A worker builds another one.`,
  );
  refused.add(name);
  Object.assign(state, { name: null, index: null, recent: recentVectors(space, 0) });
  await unlink(join(indexFolder(deps.db.$file), name)).catch(() => {});
}
