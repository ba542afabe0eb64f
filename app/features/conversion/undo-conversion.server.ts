import pMap from "p-map";
import { undoMoves } from "~/features/images/move/move-object.server";
import type { ItemRange, OpenItem, Undo } from "~/features/job-runs/kinds/handler";
import { isUndo, readUndone } from "~/features/job-runs/views/undone-run.server";
import { type Json, parseJson } from "~/features/json-column";
import { orRefusal, storageFailure } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import { originalKey } from "./conversion-keys";
import { type Conversion, conversionTarget, leftConversion, originalState } from "./convert-images";
import { giveBack, restoreLeft } from "./give-back.server";
import { type Converting, findThere } from "./place-converted.server";
import { findConflict, stateOf, toMoveBack } from "./undo-conflicts.server";

const LOOKS_AT_ONCE = 8;
const never = new AbortController().signal;

/**
 * Gives images their originals back: these return to where they lay, the rows to what they said, and what the run had put goes. What has changed
 * since stays converted, and so does what has no original any more.
 */
export const undoConversion: Undo<Conversion> = {
  async findConflicts(ports, items, context) {
    const undone = await readUndone(ports.db, context.runId);
    const done = items.filter((item) => stateOf(item) !== null);
    const ofMoves = await undoMoves.findConflicts(ports, done.map(toMoveBack), context);
    const moveOf = new Map(done.map(({ seq }, at) => [seq, ofMoves[at] ?? null]));
    const conflictOf = async (item: OpenItem) => {
      const found = await orRefusal(() => findConflict(ports, item, { ...context, undone }));
      return (typeof found === "object" && found !== null ? found.refusal : found) ?? moveOf.get(item.seq) ?? null;
    };
    return Promise.all(items.map(conflictOf));
  },

  async findLeft(ports, range) {
    return new Map(await findLeft(ports, range));
  },

  foresee(ports, context) {
    const foresight = undoMoves.foresee?.(ports, context);
    const left: OpenItem[] = [];
    return {
      see(items) {
        foresight?.see(items.filter((item) => stateOf(item) !== null).map(toMoveBack));
        left.push(...items.filter(({ before }) => leftConversion.safeParse(before).success));
      },
      async tell() {
        const undone = await readUndone(ports.db, context.runId);
        foresight?.see(left.map((item) => toLeftMove(item, undone)));
        return (await foresight?.tell()) ?? {};
      },
    };
  },

  async restore(ports, item, context) {
    const left = leftConversion.safeParse(item.before).data;
    const undoing = { ...context, undone: await readUndone(ports.db, context.runId) };
    try {
      return left ? await restoreLeft(ports, item, left.leftAt, undoing) : await giveBack(ports, item, undoing);
    } catch (error) {
      return storageFailure(error);
    }
  },
};

/** The way back of an original whose conversion never ended, as far as it has gone away: what that risks is to be read before. */
function toLeftMove(item: OpenItem, undone: number): OpenItem {
  const former = originalState.parse(item.target);
  return { ...item, before: { ...former, key: originalKey(undone, former.key) }, target: { key: former.key } };
}

/** What items without a success left: a row that was switched, or an object that this run put. */
async function findLeft(ports: Ports, { runId, firstSeq, lastSeq }: ItemRange): Promise<[number, Json][]> {
  const { db } = ports;
  // Of an undo nothing is put back by another.
  if (await isUndo(db, runId)) return [];
  const range = { runId, seq: { gte: firstSeq, lte: lastSeq } };
  const open = await db.jobItem.findMany({ where: { ...range, OR: [{ outcome: null }, { outcome: "failed" }] } });
  const switched = new Set((await db.convertedImage.findMany({ where: range })).map(({ seq }) => seq));
  const look = async (row: (typeof open)[number]): Promise<[number, Json][]> => {
    const converting = toConverting(parseJson(row.before), parseJson(row.target));
    // What cannot be looked at may be ours; its own item will tell.
    const there = switched.has(row.seq) ? null : await orRefusal(() => findThere(ports, converting, never));
    const isLeft = switched.has(row.seq) || (there !== null && ("refusal" in there || there.own));
    return isLeft ? [[row.seq, { leftAt: converting.to }]] : [];
  };
  return (await pMap(open, look, { concurrency: LOOKS_AT_ONCE })).flat();
}

function toConverting(before: Json, target: Json): Converting {
  const { key: from, etag: fromEtag } = originalState.parse(before);
  return { from, fromEtag, to: conversionTarget.parse(target).key };
}
