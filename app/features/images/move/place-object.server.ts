import { type Found, findObject, isSame } from "~/features/images/objects/object-content.server";
import type { ObjectExtras } from "~/features/images/objects/object-extras";
import type { ItemContext, ItemResult } from "~/features/job-runs/kinds/handler";
import type { StoreAbilities } from "~/features/storage/abilities";
import { leavesMarkers, type Placing, placingOf } from "~/features/storage/placing";
import { forgetAbilities } from "~/features/storage/read-abilities.server";
import { isStorageError } from "~/features/storage-failure";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { ObjectVersion, Storage } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import { noteLook } from "./journal.sql.server";
import { type Move, moveFailed, moveSkipped, needsConsent, whyStays } from "./object-move";
import { put, putNew } from "./put-with-extras.server";

/** The object as it lies at its new key. */
export type Placed = { etag: string };

export type Placement = {
  move: Move;
  source: Found;
  extras: ObjectExtras;
  abilities: StoreAbilities;
  /** The newest version at the target when it was looked at before a former attempt's put; null: there was no such put. */
  toBefore: string | null;
  context: ItemContext<unknown>;
};

/**
 * Puts an object where nothing lies, by what the store really does (docs/decisions/013-placing-an-object.md). The claim on
 * the key is this move's, so no other move writes there; whoever else does is found, and keeps the key.
 * @returns how the item ended where it was not placed
 */
export async function placeObject(ports: Ports, placement: Placement): Promise<Placed | ItemResult> {
  try {
    return await ways[placingOf(placement.abilities)](ports, placement);
  } catch (error) {
    if (!isStorageError(error) || error.code !== "not-implemented") throw error;
    return doubt(ports, error.message);
  }
}

const ways: Record<Placing, (ports: Ports, placement: Placement) => Promise<Placed | ItemResult>> = {
  condition: placeOnCondition,
  versions: placeAmongVersions,
  window: placeInWindow,
};

async function placeOnCondition(ports: Ports, placement: Placement): Promise<Placed | ItemResult> {
  const { storage } = ports;
  const { move, source, abilities, context } = placement;
  // Should versions be kept by now, what a former attempt put is then known for ours.
  if (placement.toBefore === null) await noteLook(ports, move, "", context);
  const written = await putNew(storage, placement);
  if (written !== "exists") {
    const keptNone = abilities.versions === "off" || abilities.versions === "suspended";
    if (keptNone && isVersion(written.versionId)) {
      // Where versions are kept the condition may have been ignored; ours goes, and what it lies on is current again.
      await storage.delete(move.to, { versionId: written.versionId, signal: context.signal });
      return doubt(ports, "The bucket keeps versions now.");
    }
    return compare(storage, placement);
  }
  const target = await findObject(storage, move.to, { signal: context.signal });
  if (isSame(target, source)) return { etag: target.head.etag };
  if (target !== null || !leavesMarkers(abilities)) return collision(move);
  return placeOverMarker(ports, placement);
}

/**
 * Where versions are suspended, a delete leaves a marker that put-if-absent takes for an object. With the marker gone the
 * key is free, if no older version comes back with that; else nothing is left but a put without any condition. Both leave a
 * moment in which someone's write is lost, so both need consent.
 */
async function placeOverMarker(ports: Ports, placement: Placement): Promise<Placed | ItemResult> {
  const { storage } = ports;
  const { move, context } = placement;
  const { signal } = context;
  const [marker, ...older] = await storage.versions(move.to, { signal });
  if (!marker?.isMarker) return collision(move);
  if (!context.hasConsent) return needsConsent(move);
  await noteLook(ports, move, "", context);
  if (older.length === 0) {
    await storage.delete(move.to, { versionId: marker.versionId, signal });
    if ((await putNew(storage, placement)) === "exists") return collision(move);
  } else await put(storage, placement);
  return compare(storage, placement);
}

async function placeAmongVersions(ports: Ports, placement: Placement): Promise<Placed | ItemResult> {
  const { storage } = ports;
  const { move, context } = placement;
  let { toBefore } = placement;
  if (toBefore === null) {
    const versions = await storage.versions(move.to, { signal: context.signal });
    if (versions[0] && !versions[0].isMarker) return collision(move);
    toBefore = newestObject(versions)?.versionId ?? "";
  } else {
    const settled = await settle(storage, placement, { toBefore });
    if (settled !== "nothing") return settled;
  }
  await noteLook(ports, move, toBefore, context);
  const written =
    placement.abilities.putIfAbsent === "honored" ? await putNew(storage, placement) : await put(storage, placement);
  if (written === "exists") {
    // Someone's, or our own: its answer was lost, and the SDK asked again.
    const settled = await settle(storage, placement, { toBefore });
    return settled === "nothing" ? collision(move) : settled;
  }
  if (!isVersion(written.versionId)) return doubt(ports, "The bucket keeps no versions any more.");
  const settled = await settle(storage, placement, { toBefore, own: written.versionId });
  return settled === "nothing" ? differs(move) : settled;
}

/**
 * Looks at what came to the target since the look before the put. Beside anything foreign ours is taken away, version by
 * version, so that the foreign object is current; it may lie above ours or below it.
 * @param known.own the version that a put of this attempt made; what a former one made is known by its bytes
 */
async function settle(
  storage: Storage,
  { move, source, context: { signal } }: Placement,
  known: { toBefore: string; own?: string },
): Promise<Placed | ItemResult | "nothing"> {
  const versions = await storage.versions(move.to, { signal });
  const at = versions.findIndex(({ versionId }) => versionId === known.toBefore);
  const came = (at < 0 ? versions : versions.slice(0, at)).filter(({ isMarker }) => !isMarker);
  const own = new Map<string, Found>();
  let foreign = 0;
  for (const { versionId } of came) {
    const found = await readVersion(storage, move.to, { versionId, signal });
    if (isSame(found, source)) own.set(versionId, found);
    // Ours with other bytes was damaged on its way: it is no use, and stands in the way of the next attempt.
    else if (versionId === known.own) await storage.delete(move.to, { versionId, signal });
    else foreign += 1;
  }
  if (foreign > 0) {
    for (const versionId of own.keys()) await storage.delete(move.to, { versionId, signal });
    return collision(move, whyStays.replacedThere);
  }
  const newest = own.get(versions[0]?.versionId ?? "");
  return newest ? { etag: newest.head.etag } : "nothing";
}

/** A version, or null where it cannot be read, whatever keeps it from that: what we put ourselves can be. */
async function readVersion(storage: Storage, key: string, options: { versionId: string; signal: AbortSignal }) {
  try {
    return await findObject(storage, key, options);
  } catch (error) {
    if (isStorageError(error) && !error.retryable) return null;
    throw error;
  }
}

async function placeInWindow(ports: Ports, placement: Placement): Promise<Placed | ItemResult> {
  const { storage } = ports;
  const { move, source, context } = placement;
  if (!context.hasConsent) return needsConsent(move);
  if (placement.toBefore === null) {
    if (await storage.head(move.to, { signal: context.signal })) return collision(move);
  } else {
    const there = await findObject(storage, move.to, { signal: context.signal });
    if (isSame(there, source)) return { etag: there.head.etag };
    if (there !== null) return collision(move);
  }
  await noteLook(ports, move, "", context);
  await put(storage, placement);
  return compare(storage, placement);
}

/** Reads back what was written; whoever wrote there since has the key. */
async function compare(storage: Storage, { move, source, context }: Placement): Promise<Placed | ItemResult> {
  const target = await findObject(storage, move.to, { signal: context.signal });
  if (isSame(target, source)) return { etag: target.head.etag };
  // What arrives damaged is refused (Content-MD5): other bytes are someone else's.
  return target === null ? differs(move) : collision(move, whyStays.replacedThere);
}

/** The store does otherwise than was kept of it: its abilities are probed again, and the item tries the other way. */
async function doubt(ports: Ports, reason: string): Promise<ItemResult> {
  await forgetAbilities(ports, reason);
  return {
    ...moveFailed("store-changed", `The store behaves differently than when it was last probed: ${reason} Retry it.`),
    retryable: true,
  };
}

const isVersion = (versionId: string | null): versionId is string => versionId !== null && versionId !== "null";

const newestObject = (versions: ObjectVersion[]) => versions.find(({ isMarker }) => !isMarker);

const differs = ({ from, to }: Move) =>
  moveFailed(
    "copy-differs",
    `The copy at ${quoteKey(to)} is not what was written there, so ${quoteKey(from)} stays. Retry it.`,
  );

export const collision = (move: Move, why = whyStays.taken): ItemResult => ({
  ...moveSkipped(why(move.from, move.to)),
  write: forgetMove(move),
});

/** An item that is over has no claim to the target any more. */
export const forgetMove =
  ({ runId, seq }: Move) =>
  (tx: Tx) =>
    tx.objectMove.deleteMany({ where: { runId, seq } });
