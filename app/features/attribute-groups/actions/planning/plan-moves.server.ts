import { z } from "zod";
import { findImageIds } from "~/features/attribute-groups/find-image-ids.server";
import { hasImageExtension, isTracked } from "~/features/images/key-layout";
import { foreseeMoves } from "~/features/images/move/foresee-moves.server";
import { moveItem, undoMoves } from "~/features/images/move/move-object.server";
import {
  CALLS_A_THUMBNAIL,
  findMoveConflict,
  moveSkipped,
  moveTarget,
  plannedMove,
  whyStays,
} from "~/features/images/move/object-move";
import type { ItemHandler, PlannedItem } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { callsAMove } from "~/features/storage/placing";
import { readAbilities } from "~/features/storage/read-abilities.server";
import type { Ports } from "~/ports/index.server";
import type { StoredObject } from "~/ports/storage.server";
import type { Fact } from "./plan-facts";

/** An object, and the key that it is to have. */
export type MoveTo = { object: Pick<StoredObject, "key" | "etag" | "bytes">; to: string };

/** A statement on SQLite takes fewer than 1,000 parameters. */
const PAGE = 500;
const CONFLICTS_SHOWN = 20;
const SAMPLES = 8;

type PlannedMoves = {
  moves: MoveTo[];
  present: Iterable<{ key: string }>;
  /** How many objects go, where they are told apart. */
  counts?: Pick<PlanSummary, "images" | "otherObjects">;
  facts: Fact[];
  archived?: ReadonlySet<string>;
  signal: AbortSignal;
};

/**
 * The plan of moves that are done in this order. A move that cannot be is an item too: it carries its conflict, and is
 * skipped by just that sentence.
 * @param input.present what lies where they go, or may
 * @param input.archived keys of those that cannot be read before they are restored
 */
export async function* planMoves(
  ports: Ports,
  { moves, present, counts, facts, archived, signal }: PlannedMoves,
): AsyncGenerator<PlannedItem[], PlanSummary> {
  const { db } = ports;
  const willMove: { from: string; to: string }[] = [];
  /** By key, what lies there or goes there. */
  const taken = new Map(Array.from(present, ({ key }) => [key, key]));
  const conflicts = { count: 0, sample: [] as string[] };
  let bytes = 0;
  let s3Calls = 0;
  let thumbnails = 0;
  const samples: number[] = [];
  for (let first = 0; first < moves.length; first += PAGE) {
    const page: PlannedItem[] = [];
    const withThumbnail: string[] = [];
    for (const { object, to } of moves.slice(first, first + PAGE)) {
      const conflict = archived?.has(object.key)
        ? whyStays.archived(object.key)
        : findMoveConflict({ object, to }, taken);
      if (conflict !== null) {
        conflicts.count += 1;
        if (conflicts.sample.length < CONFLICTS_SHOWN) conflicts.sample.push(conflict);
        page.push({ ...plannedMove(object, to), target: { key: to, conflict } });
        continue;
      }
      willMove.push({ from: object.key, to });
      taken.delete(object.key);
      taken.set(to, object.key);
      bytes += object.bytes;
      if (isTracked(to)) withThumbnail.push(object.key);
      page.push(plannedMove(object, to));
    }
    thumbnails += await countThumbnails(db, withThumbnail);
    if (first === 0) samples.push(...(await findSamples(db, moves)));
    yield page;
  }
  const foreseen = await foreseeMoves(ports, willMove, signal);
  s3Calls += CALLS_A_THUMBNAIL * thumbnails;
  if (willMove.length > 0) s3Calls += willMove.length * callsAMove(await readAbilities(ports, signal));
  return {
    ...counts,
    bytes,
    s3Calls,
    facts,
    ...(thumbnails > 0 && { followers: [{ what: "thumbnails", count: thumbnails }] }),
    ...(samples.length > 0 && { samples }),
    ...foreseen,
    ...(conflicts.count > 0 && { conflicts }),
  };
}

/** The images among the first moves, as the index knows them. */
async function findSamples(db: Ports["db"], moves: MoveTo[]): Promise<number[]> {
  const first = moves.map(({ object }) => object).filter(({ key }) => hasImageExtension(key));
  return [...(await findImageIds(db, first.slice(0, SAMPLES))).values()];
}

const countThumbnails = (db: Ports["db"], keys: string[]) =>
  db.image.count({ where: { key: { in: keys }, goneAt: null, thumbnailEtag: { not: null } } });

/** Where an object shall lie, and why the plan knows that it will not. */
export const conflictOf = moveTarget.extend({ conflict: z.string().optional() });

/** How every action carries out its plan, and puts back what it did. */
export const moving: Pick<ItemHandler<unknown>, "apply" | "undo"> = {
  async apply(ports, item, context) {
    const { conflict } = conflictOf.parse(item.target);
    return conflict === undefined ? moveItem(ports, item, context) : moveSkipped(conflict);
  },
  undo: undoMoves,
};
