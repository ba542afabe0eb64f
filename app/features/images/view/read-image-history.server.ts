import type { Jobs } from "~/features/job-runs/kinds/job";
import { withOutcome } from "~/features/job-runs/views/item-outcome";
import { parseJson } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { findImageItems } from "./find-image-items.sql.server";
import { type HistoryEntry, RUNS_LOOKED_THROUGH } from "./image-history";

const MOVES_AT_MOST = 50;
const KEYS_AT_MOST = 10;

const outcomes = ["succeeded", "failed", "skipped"] as const;

/**
 * What runs did to an image, the newest first: its moves, by the journal, under each key that it had; and what those kinds
 * did whose items are images by id, in the order of the ids or of the keys.
 * @param input.jobs every kind of work, whose words tell what an item was and became
 * @param input.kinds those whose items are images by id
 */
export async function readImageHistory(
  db: Db,
  input: {
    image: { id: number; key: string };
    jobs: Jobs;
    kinds: { byId: readonly string[]; byKey: readonly string[] };
  },
): Promise<HistoryEntry[]> {
  const { image, jobs, kinds } = input;
  const former = await db.formerKey.findMany({ where: { imageId: image.id }, take: KEYS_AT_MOST });
  const keys = [...new Set([image.key, ...former.map(({ key }) => key)])];
  const ofImage = { imageId: image.id, runs: RUNS_LOOKED_THROUGH };
  const found = await Promise.all([
    findImageItems(db, { ...ofImage, kinds: kinds.byId }),
    findImageItems(db, { ...ofImage, kinds: kinds.byKey, keys }),
    findMoves(db, image.key),
  ]);
  // What changed hands and key in one is found by both.
  const places = new Map(found.flat().map((place) => [`${place.runId} ${place.seq}`, place]));
  const entries = await readEntries(db, jobs, [...places.values()]);
  return entries.sort((a, b) => b.at.getTime() - a.at.getTime());
}

type Place = { runId: number; seq: number };

/** Back from key to key; a key that another object had before, or has had since, is none of this image's. */
async function findMoves(db: Db, key: string): Promise<Place[]> {
  const moves: Place[] = [];
  let now = key;
  let until: Date | undefined;
  while (moves.length < MOVES_AT_MOST) {
    const move = await db.objectMove.findFirst({
      where: { to: now, toEtag: { not: null }, finishedAt: { not: null }, ...(until && { startedAt: { lt: until } }) },
      orderBy: { startedAt: "desc" },
    });
    if (!move) break;
    moves.push({ runId: move.runId, seq: move.seq });
    now = move.from;
    until = move.startedAt;
  }
  return moves;
}

async function readEntries(db: Db, jobs: Jobs, places: Place[]): Promise<HistoryEntry[]> {
  if (places.length === 0) return [];
  const [rows, chunks, runs] = await Promise.all([
    db.jobItem.findMany({ where: { OR: places } }),
    db.jobChunk.findMany({
      where: { OR: places.map(({ runId, seq }) => ({ runId, firstSeq: { lte: seq }, lastSeq: { gte: seq } })) },
      select: { runId: true, firstSeq: true, lastSeq: true, outcome: true, finishedAt: true },
    }),
    db.jobRun.findMany({ where: { id: { in: places.map(({ runId }) => runId) } } }),
  ]);
  const runOf = new Map(runs.map((run) => [run.id, run]));
  return rows.flatMap((row): HistoryEntry[] => {
    const run = runOf.get(row.runId);
    const item = withOutcome(
      row,
      chunks.filter(({ runId }) => runId === row.runId),
    );
    const outcome = outcomes.find((name) => name === item.outcome);
    if (!run || !outcome) return [];
    const definition = jobs.get(run.kind)?.definition;
    const describe = definition?.describeState ?? (() => null);
    return [
      {
        at: item.finishedAt ?? run.finishedAt ?? run.createdAt,
        runId: run.id,
        page: definition?.page?.(run.id) ?? `/job-runs/${run.id}`,
        title: run.title,
        actorName: run.actorName,
        outcome,
        was: describe(parseJson(item.before), "before"),
        became: outcome === "succeeded" ? describe(parseJson(item.after), "after") : null,
        reason: item.error ?? item.reason,
      },
    ];
  });
}
