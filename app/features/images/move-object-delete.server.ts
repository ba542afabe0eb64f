import type { ItemContext, ItemResult } from "~/features/job-runs/handler";
import type { StoreAbilities } from "~/features/storage/abilities";
import { leavesMarkers, looksAfterDelete } from "~/features/storage/placing";
import { readAbilities } from "~/features/storage/read-abilities.server";
import { isStorageError } from "~/features/storage/storage-failure";
import type { ObjectMove } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead, Storage } from "~/ports/storage.server";
import { type Move, replacedMeanwhile } from "./object-move";

/**
 * The source is deleted this long after the lease was held and both objects were looked at, or they are looked at anew;
 * with the time that the DELETE may take it stays well within the lease (15 s), so that a worker that was stopped and
 * wakes late never deletes what someone has put back.
 */
const DELETE_WITHIN_MS = 5_000;

/** As GET and HEAD say, which is not for every object what its plan has from a listing. */
type Source = Pick<ObjectMove, "from" | "fromEtag" | "fromVersion">;

/** The copy is no longer at its key; what lies at the source then. */
export type CopyLost = { isCopyLost: true; sourceEtag: string | undefined };

/**
 * Deletes the source of a move whose copy was compared. What somebody writes to it up to the last moment stays: the DELETE
 * is conditional where the store honors that, and where versions are kept one that hid something else is taken back.
 * @returns null: it is gone
 */
export async function deleteSource(
  ports: Ports,
  move: Move,
  switched: Pick<ObjectMove, "fromEtag" | "fromVersion" | "toEtag"> & { heldAt?: Date },
  context: ItemContext<unknown>,
): Promise<CopyLost | ItemResult | null> {
  const { storage, clock } = ports;
  const { from, to } = move;
  const { signal } = context;
  const abilities = await readAbilities(ports, signal);
  const copied: Source = { from, fromEtag: switched.fromEtag, fromVersion: switched.fromVersion };
  let marker: string | null = null;
  for (let { heldAt } = switched; ; heldAt = undefined) {
    heldAt ??= await hold(ports, context);
    const [source, target] = await Promise.all([storage.head(from, { signal }), storage.head(to, { signal })]);
    if (target?.etag !== switched.toEtag) return { isCopyLost: true, sourceEtag: source?.etag };
    if (source !== null) {
      if (isAnother(source, copied)) return replacedMeanwhile(move);
      const waitedMs = clock.now().getTime() - heldAt.getTime();
      // Less than none: the clock was set back, and says nothing.
      if (waitedMs < 0 || waitedMs > DELETE_WITHIN_MS) continue;
      const soon = AbortSignal.any([signal, AbortSignal.timeout(DELETE_WITHIN_MS)]);
      const deleted = await deleteOnce(storage, abilities, copied, soon);
      if (deleted === "changed") continue;
      marker = deleted;
    }
    if (!looksAfterDelete(abilities)) return null;
    if (!(await unhide(storage, copied, { marker, signal }))) return null;
  }
}

/** The same bytes again are another object where versions tell them apart. */
const isAnother = ({ etag, versionId }: ObjectHead, { fromEtag, fromVersion }: Source) =>
  etag !== fromEtag || (versionId !== null && fromVersion !== null && versionId !== fromVersion);

/** @returns the marker that it made, if any */
async function deleteOnce(
  storage: Storage,
  abilities: StoreAbilities,
  { from, fromEtag }: Source,
  signal: AbortSignal,
): Promise<string | null | "changed"> {
  try {
    if (leavesMarkers(abilities)) {
      // Without a marker the key is free for whoever comes back. That is for the only version: an older one would too.
      const [only, ...others] = await storage.versions(from, { signal });
      if (only && !only.isMarker && others.length === 0) {
        await storage.delete(from, { versionId: only.versionId, signal });
        return null;
      }
    }
    const condition = abilities.deleteIfMatch === "honored" ? { ifMatch: fromEtag } : {};
    const deleted = await storage.delete(from, { ...condition, signal });
    return deleted?.isMarker ? deleted.versionId : null;
  } catch (error) {
    if (isStorageError(error) && error.code === "changed") return "changed";
    throw error;
  }
}

/**
 * Takes a marker away that hides a later object than the one that was moved.
 * @param known.marker the one that this attempt made; a former attempt's is the newest
 * @returns whether there was one: then the source is to be looked at anew
 */
async function unhide(
  storage: Storage,
  { from, fromVersion }: Source,
  { marker, signal }: { marker: string | null; signal: AbortSignal },
): Promise<boolean> {
  const versions = await storage.versions(from, { signal });
  const at = marker === null ? 0 : versions.findIndex(({ versionId }) => versionId === marker);
  const [ours, below] = [versions[at], versions[at + 1]];
  const moved = versions.findIndex(({ versionId }) => versionId === fromVersion);
  if (!ours?.isMarker || !below || below.isMarker || moved <= at + 1) return false;
  await storage.delete(from, { versionId: ours.versionId, signal });
  return true;
}

/** @returns a moment from which on the lease is this worker's for 15 s */
async function hold({ db, clock }: Ports, context: ItemContext<unknown>): Promise<Date> {
  const now = clock.now();
  await db.$write((tx) => context.hold(tx));
  return now;
}
