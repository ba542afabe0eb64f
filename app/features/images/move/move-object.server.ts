import { holdObject } from "~/features/images/objects/held-objects";
import type { ItemContext, ItemResult, OpenItem, Undo } from "~/features/job-runs/kinds/handler";
import { isUndo } from "~/features/job-runs/views/undone-run.server";
import { parseJson } from "~/features/json-column";
import { storageFailure } from "~/features/storage-failure";
import type { ObjectMove } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { findMoveConflicts } from "./conflicts.server";
import { type Copied, copyToTarget } from "./copy.server";
import { deleteSource } from "./delete.server";
import { foreseeMoves } from "./foresee-moves.server";
import { findLeftMoves } from "./left-moves.server";
import { fitsKey, type InterruptedMove, type Move, moveFailed, moveSkipped, toMove, whyStays } from "./object-move";
import { switchRows } from "./rows.server";
import { copyThumbnail, deleteThumbnail } from "./thumbnail.server";

/**
 * Moves one object as its item says, journalled (docs/decisions/013-placing-an-object.md). Done again after a death at
 * whatever point, it goes on from there; the image is under its old or its new key at every moment.
 */
export async function moveItem(ports: Ports, item: OpenItem, context: ItemContext<unknown>): Promise<ItemResult> {
  const move = { ...toMove(item, context.runId), isUndo: await isUndo(ports.db, context.runId) };
  const { runId, seq, from, to } = move;
  if (from === to) return moveSkipped(`${quoteKey(from)} is there already.`);
  if (!fitsKey(to)) return moveSkipped(whyStays.keyTooLong(from, to));
  try {
    const journal = await ports.db.objectMove.findUnique({ where: { runId_seq: { runId, seq } } });
    if (journal?.finishedAt) return moved(move, journal);
    if (journal?.toEtag) return await finish(ports, move, journal, context);
    const copied = await holdObject(move.bytes ?? null, () => copyToTarget(ports, move, journal, context));
    if ("outcome" in copied) return copied;
    const switched = await switchToTarget(ports, move, copied, context);
    if (copied.isOver) return moved(move, switched);
    return await finish(ports, move, switched, context);
  } catch (error) {
    return storageFailure(error);
  }
}

/** Puts back what `moveItem` moved, by the same way. */
export const undoMoves: Undo<unknown> = {
  findConflicts: findMoveConflicts,
  findLeft: findLeftMoves,
  foresee: (ports, { runId, signal }) => {
    const moves: { from: string; to: string }[] = [];
    return {
      see(items) {
        for (const { from, to } of items.map((item) => toMove(item, runId))) moves.push({ from, to });
      },
      tell: () => foreseeMoves(ports, moves, signal),
    };
  },
  async restore(ports, item, context) {
    const { interrupted } = toMove(item, context.runId);
    if (!interrupted) return moveItem(ports, item, context);
    const finished = await finishMove(ports, interrupted, context);
    if (finished.outcome !== "succeeded") return finished;
    const result = await moveItem(ports, { ...item, before: finished.after ?? null }, context);
    if (result.outcome !== "succeeded") return result;
    // Its own run may be tried again, and then it begins again.
    const { runId, seq } = interrupted;
    return { ...result, write: (tx) => tx.objectMove.deleteMany({ where: { runId, seq } }) };
  },
};

/** Goes on with a move whose run will not: from wherever it stands there is then the one way back. */
async function finishMove(
  ports: Ports,
  { runId, seq }: InterruptedMove,
  context: ItemContext<unknown>,
): Promise<ItemResult> {
  const item = await ports.db.jobItem.findUniqueOrThrow({ where: { runId_seq: { runId, seq } } });
  const move = { ...item, before: parseJson(item.before), target: parseJson(item.target) };
  return moveItem(ports, move, { ...context, runId });
}

/** A copy that was compared and that the rows point to; `heldAt`: when this worker was last known to hold the item. */
type Switched = Pick<ObjectMove, "fromEtag" | "toEtag" | "bytes" | "fromVersion" | "lost"> & { heldAt?: Date };

const moved = ({ to, owner }: Move, { toEtag, bytes, lost }: Switched): ItemResult => ({
  outcome: "succeeded",
  after: {
    key: to,
    etag: toEtag,
    bytes: Number(bytes),
    ...(lost !== null && { lost: parseJson(lost) }),
    ...(owner && { ownerId: owner.to }),
  },
});

async function switchToTarget(
  ports: Ports,
  move: Move,
  copied: Copied,
  context: ItemContext<unknown>,
): Promise<Switched> {
  const { db, clock } = ports;
  const { runId, seq } = move;
  const thumbnailEtag = await copyThumbnail(ports, move, copied.etag, context.signal);
  const heldAt = clock.now();
  const switched = await db.$write(async (tx) => {
    await context.hold(tx);
    await switchRows(tx, { ...move, toEtag: copied.etag, thumbnailEtag, now: heldAt });
    const lost = copied.lost && JSON.stringify(copied.lost);
    const over = copied.isOver && { finishedAt: heldAt };
    return tx.objectMove.update({ where: { runId_seq: { runId, seq } }, data: { toEtag: copied.etag, lost, ...over } });
  });
  return { ...switched, heldAt };
}

/** Deletes the source and its thumbnail: the move is over. */
async function finish(
  ports: Ports,
  move: Move,
  switched: Switched,
  context: ItemContext<unknown>,
): Promise<ItemResult> {
  const { db, clock } = ports;
  const { runId, seq } = move;
  const left = await deleteSource(ports, move, switched, context);
  if (left !== null) return "isCopyLost" in left ? lostCopy(ports, move, switched, left.sourceEtag) : left;
  await deleteThumbnail(ports, move, context.signal);
  // Before the item's outcome is: the run's next item may put another object to this key, which a repetition of this
  // one must not take for its source.
  await db.objectMove.update({ where: { runId_seq: { runId, seq } }, data: { finishedAt: clock.now() } });
  return moved(move, switched);
}

/** Someone took or replaced the copy after it was compared. The rows go back to the source if that is still there. */
function lostCopy({ clock }: Ports, move: Move, switched: Switched, sourceEtag: string | undefined): ItemResult {
  const { runId, seq, from, fromEtag, to } = move;
  const { toEtag } = switched;
  if (sourceEtag !== switched.fromEtag || toEtag === null) {
    const what = `${quoteKey(from)} and its copy ${quoteKey(to)} are no longer what they were. Look for both in the bucket.`;
    return moveFailed("copy-lost", what);
  }
  const back = {
    from: to,
    fromEtag: toEtag,
    to: from,
    toEtag: fromEtag,
    thumbnailEtag: toEtag,
    owner: move.owner && { from: move.owner.to, to: move.owner.from },
  };
  return {
    ...moveFailed(
      "copy-lost",
      `The copy at ${quoteKey(to)} was taken or replaced, so ${quoteKey(from)} stays where it is. Retry it.`,
    ),
    async write(tx) {
      await tx.objectMove.update({ where: { runId_seq: { runId, seq } }, data: { toEtag: null } });
      await switchRows(tx, { ...back, now: clock.now() });
    },
  };
}
