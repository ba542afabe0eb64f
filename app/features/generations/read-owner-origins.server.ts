import type { HistoryEntry } from "~/features/images/view/image-history";
import { withOutcome } from "~/features/job-runs/views/item-outcome";
import { jsonColumn } from "~/features/json-column";
import { ownerWords } from "~/features/owners/reassign/reassign-owner";
import type { Db } from "~/ports/db.server";
import { generationState } from "./import/import-generations";

/** Records of one image that are looked through, the newest: hardly ever is there more than one. */
const RECORDS_AT_MOST = 10;

/** The imports of generation records by which an image got its owner, as its history tells them. */
export async function readOwnerOrigins(db: Db, imageId: number): Promise<HistoryEntry[]> {
  const records = await db.generation.findMany({
    where: { imageId, runId: { not: null } },
    orderBy: { createdAt: "desc" },
    take: RECORDS_AT_MOST,
    select: { runId: true, seq: true },
  });
  const entries = await Promise.all(records.map(({ runId, seq }) => readEntry(db, runId ?? 0, seq ?? 0)));
  return entries.flatMap((entry) => entry ?? []);
}

async function readEntry(db: Db, runId: number, seq: number): Promise<HistoryEntry | null> {
  const [row, run, chunks] = await Promise.all([
    db.jobItem.findUnique({ where: { runId_seq: { runId, seq } } }),
    db.jobRun.findUnique({ where: { id: runId } }),
    db.jobChunk.findMany({ where: { runId, firstSeq: { lte: seq }, lastSeq: { gte: seq } } }),
  ]);
  if (!row || !run) return null;
  const item = withOutcome(row, chunks);
  if (item.outcome !== "succeeded") return null;
  // An item says that no owner came by it, where the image had got one since the plan.
  const { ownerId } = jsonColumn(generationState).parse(item.after);
  if (ownerId === null) return null;
  const owner = await db.owner.findUnique({ where: { id: ownerId }, select: { name: true } });
  return {
    at: item.finishedAt ?? run.finishedAt ?? run.createdAt,
    runId,
    page: `/job-runs/${runId}`,
    title: run.title,
    actorName: run.actorName,
    outcome: "succeeded",
    was: "no owner",
    became: ownerWords({ ownerId, name: owner?.name ?? null }),
    reason: null,
  };
}
