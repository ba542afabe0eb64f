import { findRivalMove } from "~/features/images/move/journal.sql.server";
import { moveItem } from "~/features/images/move/move-object.server";
import { moveFailed, moveSkipped } from "~/features/images/move/object-move";
import { isMarkedFor } from "~/features/images/move/own-copy.server";
import { copyThumbnail } from "~/features/images/move/thumbnail.server";
import { findObject, isSame } from "~/features/images/objects/object-content.server";
import type { ItemContext, ItemResult, OpenItem } from "~/features/job-runs/kinds/handler";
import { parseJson } from "~/features/json-column";
import { deleteOwn } from "~/features/storage/delete-own.server";
import { isAsPlanned } from "~/features/storage/is-as-planned.server";
import type { ConvertedImage, Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { originalKey } from "./conversion-keys";
import { convertImage, removeConverted } from "./convert-image.server";
import { type Conversion, convertedState, originalState } from "./convert-images";
import { isStillConverted } from "./is-still-converted.server";
import { findThere } from "./place-converted.server";
import { objectFacts, switchImage } from "./switch-image.server";
import { findChange, findConflict, findConverted, stateOf, toMoveBack } from "./undo-conflicts.server";

/** `undone`: the conversion whose images are given back. */
type UndoContext = ItemContext<Conversion> & { undone: number };

/**
 * Where the original lies untouched, the row goes back to it and what was put goes: nothing has to be moved, and no store that refuses a move is
 * in the way. Else the conversion is finished, and there is the one way back.
 */
export async function restoreLeft(
  ports: Ports,
  item: OpenItem,
  leftAt: string,
  context: UndoContext,
): Promise<ItemResult> {
  const { db, storage } = ports;
  const { undone, signal } = context;
  const former = originalState.parse(item.target);
  const row = await db.jobItem.findFirstOrThrow({ where: { runId: undone, subject: item.subject } });
  const { runId, seq } = row;
  // Its own run may be tried again, and then it begins again.
  const write = (tx: Tx) => tx.objectMove.deleteMany({ where: { runId, seq } });
  const back = await findGivenBack(ports, item, context);
  if (back) {
    await removePut(ports, item, leftAt, context);
    return { outcome: "succeeded", after: back, write };
  }
  const conflict = await findConflict(ports, item, context);
  if (conflict !== null) return moveSkipped(conflict);
  const there = await storage.head(former.key, { signal });
  if (there && (await isAsPlanned(storage, there, former.etag, signal))) {
    const stays = await leaveInPlace(ports, item, { leftAt, seq }, context);
    return stays ?? { outcome: "succeeded", after: former, write };
  }
  const applied = { ...row, before: parseJson(row.before), target: parseJson(row.target) };
  const finished = await convertImage(ports, applied, { ...context, runId });
  if (finished.outcome !== "succeeded") return finished;
  const result = await giveBack(ports, { ...item, before: finished.after ?? null }, context);
  return result.outcome === "succeeded" ? { ...result, write } : result;
}

/** The original, where a former attempt has put it back and pointed the row to it; null: none has. */
async function findGivenBack({ db }: Ports, item: OpenItem, { runId, undone }: UndoContext) {
  const move = await db.objectMove.findFirst({ where: { runId, seq: item.seq, finishedAt: { not: null } } });
  if (!move?.toEtag || (await findConverted(db, undone, item))) return null;
  return { key: move.to, etag: move.toEtag, bytes: Number(move.bytes) };
}

/** Takes away what the run put at the key of an item without a success, if it lies there yet. */
async function removePut(ports: Ports, item: OpenItem, leftAt: string, context: UndoContext): Promise<void> {
  const { key: from, etag: fromEtag } = originalState.parse(item.target);
  const put = await findThere(ports, { from, fromEtag, to: leftAt }, context.signal);
  if (put?.own) await removeConverted(ports, { key: leftAt, etag: put.head.etag }, context);
}

/** Points the row to the original where it lies, and takes away the copy that was to be kept, and the converted image. */
async function leaveInPlace(
  ports: Ports,
  item: OpenItem,
  { leftAt, seq }: { leftAt: string; seq: number },
  context: UndoContext,
): Promise<ItemResult | null> {
  const { db, storage } = ports;
  const { undone, signal } = context;
  const former = originalState.parse(item.target);
  const original = { key: originalKey(undone, former.key) };
  const converted = await findConverted(db, undone, item);
  if (converted) {
    const { imageId: id, key, etag } = converted;
    const changed = await findChange({ db, storage }, { id, key, etag, keptAt: null }, signal);
    if (changed !== null) return moveSkipped(changed);
    const stays = await switchBack(ports, { item, converted, back: former }, context);
    if (stays !== null) return stays;
  }
  const journal = await db.objectMove.findUnique({ where: { runId_seq: { runId: undone, seq } } });
  const copy = await findObject(storage, original.key, { signal });
  const move = { from: former.key, fromEtag: former.etag, to: original.key };
  if (isMarkedFor(copy, move) || (journal && isSame(copy, toContent(journal))))
    await deleteOwn(ports, { key: original.key, etag: copy.head.etag }, signal);
  await removePut(ports, item, leftAt, context);
  return null;
}

const toContent = ({ sha256, bytes }: { sha256: string; bytes: bigint }) => ({ sha256, bytes: Number(bytes) });

/** The original returns to where it was taken from, and the row to it. */
export async function giveBack(ports: Ports, item: OpenItem, context: UndoContext): Promise<ItemResult> {
  const { db } = ports;
  const { runId, undone } = context;
  const state = stateOf(item);
  const isBegun = (await db.objectMove.count({ where: { runId, seq: item.seq } })) > 0;
  const conflict = isBegun
    ? null
    : ((await findConflict(ports, item, context)) ?? (await findRival(ports, item, context)));
  if (conflict !== null || !state) return moveSkipped(conflict ?? "There is nothing to give back.");
  const moved = await moveItem(ports, toMoveBack(item), context);
  if (moved.outcome !== "succeeded") return moved;
  const back = originalState.parse(moved.after);
  const converted = await findConverted(db, undone, item);
  const stays = converted && (await switchBack(ports, { item, converted, back }, context));
  if (stays) return stays;
  await removeConverted(ports, state, context);
  return { outcome: "succeeded", after: back };
}

/** Which other run is about to move the converted image, as a sentence, or null. */
function findRival({ db, clock }: Ports, item: OpenItem, { runId }: UndoContext): Promise<string | null> {
  const from = convertedState.parse(item.before).key;
  return findRivalMove(db, { runId, seq: item.seq, from, to: originalState.parse(item.target).key }, clock.now());
}

type Back = { item: OpenItem; converted: ConvertedImage; back: { key: string; etag: string } };

/**
 * Has the row say again what it said of the original, where that lies by now.
 * @returns how the item ended where the row is about something else by now
 */
async function switchBack(
  ports: Ports,
  { item, converted, back }: Back,
  context: UndoContext,
): Promise<ItemResult | null> {
  const { db, storage, clock } = ports;
  const { runId, undone, signal } = context;
  const { imageId: id, key: from, etag: fromEtag } = converted;
  const converting = { from, fromEtag, to: back.key };
  const row = await db.image.findUnique({ where: { id }, select: { etag: true } });
  const there = await storage.head(from, { signal });
  const rowEtag = row?.etag ?? "";
  const isStill = await isStillConverted(storage, { etag: fromEtag, rowEtag, there }, signal);
  const thumbnailEtag = await copyThumbnail(ports, { ...converting, fromEtag: rowEtag }, back.etag, signal);
  const former = objectFacts.parse(JSON.parse(converted.former));
  const readEtag = former.readEtag === converted.fromEtag ? back.etag : former.readEtag;
  const now = clock.now();
  const why = await db.$write(async (tx) => {
    await context.hold(tx);
    const rival = await findRivalMove(tx, { runId, seq: item.seq, from, to: back.key }, now);
    if (rival !== null) return rival;
    const to = { toEtag: back.etag, thumbnailEtag, facts: { ...former, readEtag }, now };
    const isBack = isStill && (await switchImage(tx, { id, ...converting, rowEtag, ...to }));
    if (!isBack) return `${quoteKey(from)} was moved, replaced or removed while it was undone.`;
    await tx.convertedImage.delete({ where: { runId_seq: { runId: undone, seq: converted.seq } } });
    return null;
  });
  return why === null
    ? null
    : moveFailed("changed-meanwhile", `${why} Its original lies at ${quoteKey(back.key)} again.`);
}
