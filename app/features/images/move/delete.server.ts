import type { ItemContext, ItemResult } from "~/features/job-runs/kinds/handler";
import type { StoreAbilities } from "~/features/storage/abilities";
import { leavesMarkers, looksAfterDelete } from "~/features/storage/placing";
import { readAbilities } from "~/features/storage/read-abilities.server";
import { isStorageError } from "~/features/storage-failure";
import type { ObjectMove } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead, Storage } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import { type Move, moveFailed, replacedMeanwhile } from "./object-move";

/**
 * The source is deleted this long after the lease was held and both objects were looked at, or they are looked at again;
 * with the time that the DELETE may take it stays well within the lease (15 s), so that a worker that was stopped and
 * wakes late never deletes what someone has put back.
 */
const DELETE_WITHIN_MS = 5_000;

/** So often the source is looked at before its delete is given up, for now. */
const LOOKS = 5;

/** As GET and HEAD say, which is not for every object what its plan has from a listing. */
type Source = Pick<ObjectMove, "from" | "fromEtag" | "fromVersion">;

/** The marker that a delete left, by its version id; "newest": the store does not say which; null: none was left. */
type Marker = string | null;

/** The copy is no longer at its key; what lies at the source then. */
export type CopyLost = { isCopyLost: true; sourceEtag: string | undefined };

/**
 * Deletes the source of a move whose copy was compared. What someone writes to it up to the last moment stays: the DELETE
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
  // A former attempt, if there was one, may have made a marker that it did not live to look below.
  let marker: Marker = switched.heldAt ? null : "newest";
  for (let { heldAt } = switched, looks = 0; looks < LOOKS; looks += 1, heldAt = undefined) {
    const lookedAtMs = performance.now();
    heldAt ??= await hold(ports, context);
    const [source, target] = await Promise.all([storage.head(from, { signal }), storage.head(to, { signal })]);
    if (target?.etag !== switched.toEtag) return { isCopyLost: true, sourceEtag: source?.etag };
    if (source !== null) {
      if (isAnother(source, copied)) return replacedMeanwhile(move);
      const waitedMs = clock.now().getTime() - heldAt.getTime();
      // Less than none: the clock was set back, and says nothing. The process's own clock, which no one sets, stands still
      // while the machine sleeps.
      if (waitedMs < 0 || Math.max(waitedMs, performance.now() - lookedAtMs) > DELETE_WITHIN_MS) continue;
      const soon = AbortSignal.any([signal, AbortSignal.timeout(DELETE_WITHIN_MS)]);
      const deleted = await deleteOnce(storage, abilities, copied, soon);
      if (deleted === "changed") continue;
      marker = deleted;
    }
    if (marker === null || !looksAfterDelete(abilities)) return null;
    if (!(await unhide(storage, copied, { marker, signal }))) return null;
    marker = null;
  }
  const error = `The store did not delete ${quoteKey(from)}, though nothing has changed there, so it lies at ${quoteKey(to)} as well. Retry it.`;
  return { ...moveFailed("source-stays", error), retryable: true };
}

/** The same bytes again are another object where versions tell them apart. */
const isAnother = ({ etag, versionId }: ObjectHead, { fromEtag, fromVersion }: Source) =>
  etag !== fromEtag || versionOf(versionId) !== versionOf(fromVersion);

/** As listings of versions name it. Ceph names none for an object from before versions were turned on. */
const versionOf = (versionId: string | null) => versionId ?? "null";

async function deleteOnce(
  storage: Storage,
  abilities: StoreAbilities,
  { from, fromEtag }: Source,
  signal: AbortSignal,
): Promise<Marker | "changed"> {
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
    return deleted?.isMarker ? deleted.versionId : "newest";
  } catch (error) {
    if (isStorageError(error) && error.code === "changed") return "changed";
    throw error;
  }
}

/**
 * Takes a marker away that hides a later object than the one that was moved.
 * @returns whether there was one: then the source is to be looked at again
 */
async function unhide(
  storage: Storage,
  { from, fromVersion }: Source,
  { marker, signal }: { marker: string; signal: AbortSignal },
): Promise<boolean> {
  const versions = await storage.versions(from, { signal });
  const at = marker === "newest" ? 0 : versions.findIndex(({ versionId }) => versionId === marker);
  const [ours, below] = [versions[at], versions[at + 1]];
  const moved = versions.findIndex(({ versionId }) => versionId === versionOf(fromVersion));
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
