import pMap from "p-map";
import { moveItem, undoMoves } from "~/features/images/move/move-object.server";
import { moveFailed, moveSkipped } from "~/features/images/move/object-move";
import { copyThumbnail } from "~/features/images/move/thumbnail.server";
import type { ItemContext, ItemRange, ItemResult, OpenItem, Undo } from "~/features/job-runs/kinds/handler";
import { readUndone } from "~/features/job-runs/views/undone-run.server";
import { type Json, parseJson } from "~/features/json-column";
import { storageFailure } from "~/features/storage-failure";
import type { Db } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { isExample } from "./candidates.sql.server";
import { convertImage, removeConverted } from "./convert-image.server";
import {
  type Conversion,
  type ConvertedState,
  conversionTarget,
  convertedState,
  leftConversion,
  originalState,
} from "./convert-images";
import { type Converting, findThere } from "./place-converted.server";
import { objectFacts, switchImage } from "./switch-image.server";

const LOOKS_AT_ONCE = 8;
const never = new AbortController().signal;

/**
 * Gives images their originals back: these return to where they lay, the rows to what they said, and what the run had put goes. What has changed
 * since stays converted, and so does what has no original any more.
 */
export const undoConversion: Undo<Conversion> = {
  async findConflicts(ports, items, context) {
    const done = items.filter((item) => stateOf(item) !== null);
    const ofMoves = await undoMoves.findConflicts(ports, done.map(toMoveBack), context);
    const moveOf = new Map(done.map(({ seq }, at) => [seq, ofMoves[at] ?? null]));
    const conflictOf = async (item: OpenItem) =>
      (await findConflict(ports, item, context)) ?? moveOf.get(item.seq) ?? null;
    return Promise.all(items.map(conflictOf));
  },

  async findLeft(ports, range) {
    return new Map(await findLeft(ports, range));
  },

  foresee(ports, context) {
    const foresight = undoMoves.foresee?.(ports, context);
    return {
      see: (items) => foresight?.see(items.filter((item) => stateOf(item) !== null).map(toMoveBack)),
      tell: async () => (await foresight?.tell()) ?? {},
    };
  },

  async restore(ports, item, context) {
    const left = leftConversion.safeParse(item.before).data;
    try {
      return left ? await restoreLeft(ports, item, left.leftAt, context) : await giveBack(ports, item, context);
    } catch (error) {
      return storageFailure(error);
    }
  },
};

const stateOf = ({ before }: OpenItem): ConvertedState | null => convertedState.safeParse(before).data ?? null;

/** The way of an original back to where it lay, as the mover takes it. */
function toMoveBack(item: OpenItem): OpenItem {
  const { original } = convertedState.parse(item.before);
  return {
    ...item,
    before: parseJson(JSON.stringify(original)),
    target: { key: originalState.parse(item.target).key },
  };
}

/** What a conversion's row says; null: the image was given back already, or was never switched. */
const findConverted = (db: Db, runId: number, { subject }: OpenItem) =>
  db.convertedImage.findUnique({ where: { runId_imageId: { runId, imageId: Number(subject) } } });

async function findConflict(
  { db, storage }: Ports,
  item: OpenItem,
  { runId, signal }: { runId: number; signal: AbortSignal },
): Promise<string | null> {
  const state = stateOf(item);
  if (!state) {
    const isLeft = leftConversion.safeParse(item.before).success;
    return isLeft ? null : `${quoteKey(item.label ?? item.subject)} is converted again by a new run, not by an undo.`;
  }
  const { key, etag } = state;
  const image = await db.image.findUnique({ where: { id: Number(item.subject) }, select: { key: true, etag: true } });
  if (!image) return `${quoteKey(key)} is no image any more.`;
  if (image.key !== key) return `${quoteKey(key)} has moved to ${quoteKey(image.key)}, so it stays converted.`;
  const head = await storage.head(key, { signal });
  if (image.etag !== etag || (head && head.etag !== etag))
    return `${quoteKey(key)} has changed since it was converted.`;
  if (await isExample(db, etag)) return `${quoteKey(key)} is an example of a prompt, so it stays converted.`;
  const removedBy = (await findConverted(db, await readUndone(db, runId), item))?.removedBy ?? null;
  return removedBy === null
    ? null
    : `The original of ${quoteKey(key)} was removed by run ${removedBy}, so it stays converted.`;
}

/** What items without a success left: a row that was switched, or an object that this run put. */
async function findLeft(ports: Ports, { runId, firstSeq, lastSeq }: ItemRange): Promise<[number, Json][]> {
  const { db } = ports;
  const range = { runId, seq: { gte: firstSeq, lte: lastSeq } };
  const open = await db.jobItem.findMany({ where: { ...range, OR: [{ outcome: null }, { outcome: "failed" }] } });
  const switched = new Set((await db.convertedImage.findMany({ where: range })).map(({ seq }) => seq));
  const look = async (row: (typeof open)[number]): Promise<[number, Json][]> => {
    const converting = toConverting(parseJson(row.before), parseJson(row.target));
    const isLeft = switched.has(row.seq) || (await findThere(ports, converting, never))?.own;
    return isLeft ? [[row.seq, { leftAt: converting.to }]] : [];
  };
  return (await pMap(open, look, { concurrency: LOOKS_AT_ONCE })).flat();
}

function toConverting(before: Json, target: Json): Converting {
  const { key: from, etag: fromEtag } = originalState.parse(before);
  return { from, fromEtag, to: conversionTarget.parse(target).key };
}

/** Where the original lies untouched, what was put beside it goes; else the conversion is finished, and there is the one way back. */
async function restoreLeft(
  ports: Ports,
  item: OpenItem,
  leftAt: string,
  context: ItemContext<Conversion>,
): Promise<ItemResult> {
  const { db, storage } = ports;
  const { signal } = context;
  const undone = await readUndone(db, context.runId);
  const former = originalState.parse(item.target);
  const converted = await findConverted(db, undone, item);
  if (!converted && (await storage.head(former.key, { signal }))?.etag === former.etag) {
    const there = await findThere(ports, { from: former.key, fromEtag: former.etag, to: leftAt }, signal);
    if (there?.own) await removeConverted(ports, { key: leftAt, etag: there.head.etag }, context);
    return { outcome: "succeeded", after: former };
  }
  const row = await db.jobItem.findFirstOrThrow({ where: { runId: undone, subject: item.subject } });
  const { runId, seq } = row;
  const applied = { ...row, before: parseJson(row.before), target: parseJson(row.target) };
  const finished = await convertImage(ports, applied, { ...context, runId });
  if (finished.outcome !== "succeeded") return finished;
  const result = await giveBack(ports, { ...item, before: finished.after ?? null }, context);
  if (result.outcome !== "succeeded") return result;
  // Its own run may be tried again, and then it begins again.
  return { ...result, write: (tx) => tx.objectMove.deleteMany({ where: { runId, seq } }) };
}

async function giveBack(ports: Ports, item: OpenItem, context: ItemContext<Conversion>): Promise<ItemResult> {
  const { db, clock } = ports;
  const { runId, signal } = context;
  const state = stateOf(item);
  const isBegun = (await db.objectMove.count({ where: { runId, seq: item.seq } })) > 0;
  const conflict = isBegun ? null : await findConflict(ports, item, context);
  if (conflict !== null || !state) return moveSkipped(conflict ?? "There is nothing to give back.");
  const moved = await moveItem(ports, toMoveBack(item), context);
  if (moved.outcome !== "succeeded") return moved;
  const back = originalState.parse(moved.after);
  const converting = { from: state.key, fromEtag: state.etag, to: back.key };
  const converted = await findConverted(db, await readUndone(db, runId), item);
  if (converted) {
    const thumbnailEtag = await copyThumbnail(ports, converting, back.etag, signal);
    const former = objectFacts.parse(JSON.parse(converted.former));
    const readEtag = former.readEtag === converted.fromEtag ? back.etag : former.readEtag;
    const now = clock.now();
    const isBack = await db.$write(async (tx) => {
      await context.hold(tx);
      const to = { toEtag: back.etag, thumbnailEtag, facts: { ...former, readEtag }, now };
      const switched = await switchImage(tx, { id: converted.imageId, ...converting, ...to });
      if (switched)
        await tx.convertedImage.delete({ where: { runId_seq: { runId: converted.runId, seq: converted.seq } } });
      return switched !== null;
    });
    if (!isBack) {
      return moveFailed(
        "changed-meanwhile",
        `${quoteKey(state.key)} was moved or replaced while it was undone. It stays, and its original lies at ${quoteKey(back.key)} again.`,
      );
    }
  }
  await removeConverted(ports, state, context);
  return { outcome: "succeeded", after: back };
}
