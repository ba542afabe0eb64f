import { claimMove, findRivalMove } from "~/features/images/move/journal.sql.server";
import { moveItem } from "~/features/images/move/move-object.server";
import { moveSkipped } from "~/features/images/move/object-move";
import { hasRoomForMark, isMarkedFor } from "~/features/images/move/own-copy.server";
import { copyThumbnail, deleteThumbnail } from "~/features/images/move/thumbnail.server";
import { findObject } from "~/features/images/objects/object-content.server";
import { changedSincePlan, goneSincePlan, movedSincePlan } from "~/features/images/since-plan";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { ItemContext, ItemResult, OpenItem } from "~/features/job-runs/kinds/handler";
import { deleteOwn } from "~/features/storage/delete-own.server";
import { storageFailure } from "~/features/storage-failure";
import type { ConvertedImage, Db } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import { isExample } from "./candidates.sql.server";
import { originalKey } from "./conversion-keys";
import { type Conversion, conversionTarget, originalState } from "./convert-images";
import { tryConversion } from "./measure.server";
import { findThere, placeConverted } from "./place-converted.server";
import { switchImage } from "./switch-image.server";
import { whyNot } from "./why-not";

/**
 * Converts one image: puts the converted picture beside its original, points the row to it, and moves the original to where it is kept
 * (docs/decisions/062-converting-images.md). Done again after a death at whatever point, it goes on from there; the row points to a whole
 * picture at every moment.
 */
export async function convertImage(
  ports: Ports,
  item: OpenItem,
  context: ItemContext<Conversion>,
): Promise<ItemResult> {
  const { conflict } = conversionTarget.parse(item.target);
  if (conflict !== undefined) return moveSkipped(conflict);
  try {
    const { runId } = context;
    const begun = await ports.db.convertedImage.findUnique({ where: { runId_seq: { runId, seq: item.seq } } });
    const converted = begun ?? (await replace(ports, item, context));
    return "outcome" in converted ? converted : await keepOriginal(ports, item, converted, context);
  } catch (error) {
    return storageFailure(error);
  }
}

type Switched = Pick<ConvertedImage, "fromKey" | "key" | "etag" | "bytes">;

/**
 * Puts the converted picture and points the row to it. With that the original is claimed for the move that follows, so that no other move of it
 * begins, and none that has begun loses the row on which it relies.
 */
async function replace(ports: Ports, item: OpenItem, context: ItemContext<Conversion>): Promise<Switched | ItemResult> {
  const { db, clock } = ports;
  const { runId, payload, signal } = context;
  const [before, { key: to }] = [originalState.parse(item.before), conversionTarget.parse(item.target)];
  const id = Number(item.subject);
  const converting = { from: before.key, fromEtag: before.etag, to };
  const changed = await findChange(db, id, before);
  const source = changed === null ? await findSource(ports, runId, before, signal) : null;
  if (source === null) {
    // A former attempt may have put it already.
    const there = await findThere(ports, converting, signal);
    if (there?.own) await removeConverted(ports, { key: to, etag: there.head.etag }, context);
    return changed ?? goneSincePlan;
  }
  if (!hasRoomForMark(source.metadata)) return moveSkipped(hasNoRoom(before.key));
  const original = { ...before, id, ...(source.key !== before.key && { key: source.key, etag: source.etag }) };
  const made = await tryConversion(ports, original, payload, signal);
  if ("outcome" in made) return made;
  if ("whyNot" in made) return moveSkipped(whyNot(before.key, made.whyNot));
  if (!made.ok) return { outcome: "failed", errorClass: made.errorClass, error: made.error };

  const contentType = `image/${payload.format}`;
  const placed = await placeConverted(ports, converting, { source, body: made.body, contentType }, context);
  if ("outcome" in placed) return placed;

  const { etag, sha256 } = placed;
  const thumbnailEtag = await copyThumbnail(ports, converting, etag, signal);
  const { width, height } = made;
  const { storageClass } = source;
  const read = { readEtag: etag, unreadable: null, unreadableClass: null };
  const facts = { bytes: made.body.length, contentType, width, height, sha256, storageClass, ...read };
  const now = clock.now();
  const keeping = { runId, seq: item.seq, from: before.key, to: originalKey(runId, before.key) };
  const switched = await db.$write(async (tx) => {
    await context.hold(tx);
    const rival = await findRivalMove(tx, keeping, now);
    if (rival !== null) return moveSkipped(rival);
    const former = await switchImage(tx, { id, ...converting, toEtag: etag, thumbnailEtag, facts, now });
    if (!former) return changedSincePlan;
    await claimMove(tx, keeping, { sha256: made.sha256, bytes: source.bytes, head: source }, now);
    const { from: fromKey, fromEtag } = converting;
    const row = { runId, seq: item.seq, imageId: id, fromKey, fromEtag, key: to, etag, bytes: facts.bytes };
    return tx.convertedImage.create({ data: { ...row, former: JSON.stringify(former) } });
  });
  if ("outcome" in switched) await removeConverted(ports, { key: to, etag }, context);
  return switched;
}

const hasNoRoom = (key: string) =>
  `${quoteKey(key)} has as much metadata as stores take. What marks a converted image as put by the console would not fit beside it.`;

/** What became of an image since the plan, or null. */
async function findChange(
  db: Db,
  id: number,
  { key, etag }: { key: string; etag: string },
): Promise<ItemResult | null> {
  const image = await db.image.findUnique({ where: { id } });
  if (!image || image.goneAt !== null) return goneSincePlan;
  if (image.key !== key) return movedSincePlan;
  if (image.etag !== etag) return changedSincePlan;
  const isPinned = await isExample(db, etag);
  return isPinned ? moveSkipped("This image has become an example of a prompt since the plan was made.") : null;
}

/** Takes away what was put for an image, with the thumbnail that is copied after it; never where an image's row points to it. */
export async function removeConverted(
  ports: Ports,
  placed: { key: string; etag: string },
  { signal }: { signal: AbortSignal },
) {
  if ((await ports.db.image.count({ where: { key: placed.key, goneAt: null } })) > 0) return;
  await deleteOwn(ports, { key: thumbnailKey(placed.key) }, signal);
  await deleteOwn(ports, placed, signal);
}

/** The original as it lies there; or where this run has moved it, at a time that the database does not know. */
async function findSource(
  { storage }: Ports,
  runId: number,
  { key, etag }: { key: string; etag: string },
  signal: AbortSignal,
): Promise<ObjectHead | null> {
  const there = await storage.head(key, { signal });
  if (there) return there;
  const to = originalKey(runId, key);
  const kept = await storage.head(to, { signal });
  if (kept === null || kept.etag === etag) return kept;
  // The plan's ETag is a listing's, and a store may list an object under another one.
  const found = await findObject(storage, to, { signal });
  return isMarkedFor(found, { from: key, fromEtag: etag, to }) ? found.head : null;
}

/** Moves an original whose row points to the converted image by now to where it is kept. */
async function keepOriginal(
  ports: Ports,
  item: OpenItem,
  { fromKey, key, etag, bytes }: Switched,
  context: ItemContext<unknown>,
): Promise<ItemResult> {
  const target = { key: originalKey(context.runId, fromKey) };
  const moved = await moveItem(ports, { ...item, target }, context);
  const stands = `${quoteKey(key)} stands for ${quoteKey(fromKey)} now, but the original could not be moved to where originals are kept`;
  if (moved.outcome === "skipped") {
    const error = `${stands}: ${moved.reason}`;
    return { outcome: "failed", errorClass: "replaced-meanwhile", error, ...(moved.write && { write: moved.write }) };
  }
  if (moved.outcome === "failed") return { ...moved, error: `${stands}: ${moved.error}` };
  if (moved.outcome !== "succeeded") return moved;
  await deleteThumbnail(ports, { from: fromKey, to: key }, context.signal);
  const kept = originalState.parse(moved.after);
  return {
    outcome: "succeeded",
    after: { key, etag, bytes: Number(bytes), original: moved.after ?? null },
    write: (tx) =>
      tx.convertedImage.updateMany({
        where: { runId: context.runId, seq: item.seq },
        data: { originalEtag: kept.etag },
      }),
  };
}
