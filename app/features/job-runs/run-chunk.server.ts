import type { Ports } from "~/ports/index.server";
import { attemptItem } from "./attempt-item.server";
import { type ClaimedChunk, releaseChunk } from "./claim.sql.server";
import type { Json, OpenItem } from "./handler";
import type { Job } from "./job";
import { LeaseLost } from "./ledger.sql.server";
import { createOutcomeRecorder } from "./outcome-recorder.server";

/**
 * Does the open items of a chunk that this worker has claimed, a few at once, and records each outcome.
 * @param signals.drain no further item is begun; those in flight end, and the chunk is given back
 * @param signals.stop items in flight are given up as well: their chunk is no longer ours, or the run is paused
 */
export async function runChunk(
  ports: Ports,
  job: Job,
  chunk: ClaimedChunk,
  signals: { drain: AbortSignal; stop: AbortSignal },
): Promise<void> {
  const { db, log } = ports;
  const { payload: text } = await db.jobRun.findUniqueOrThrow({
    where: { id: chunk.runId },
    select: { payload: true },
  });
  const payload = job.definition.payload.parse(JSON.parse(text));
  const items = await readOpenItems(ports, chunk);
  const recorder = createOutcomeRecorder(ports, chunk);
  const context = { runId: chunk.runId, payload, signal: signals.stop };
  const queue = items.values();

  const lane = async () => {
    for (const item of queue) {
      if (signals.stop.aborted || signals.drain.aborted) return;
      const finished = await attemptItem(ports, job, item, context);
      if (finished) await recorder.add({ seq: item.seq, ...finished });
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: job.definition.itemConcurrency }, lane));
  const written = await Promise.allSettled([recorder.close()]);
  await releaseChunk(db, chunk);
  for (const end of [...lanes, ...written]) {
    if (end.status === "fulfilled") continue;
    if (!(end.reason instanceof LeaseLost)) throw end.reason;
    log.warn({ runId: chunk.runId, chunk: chunk.seq }, end.reason.message);
    return;
  }
}

async function readOpenItems({ db }: Ports, chunk: ClaimedChunk): Promise<OpenItem[]> {
  const rows = await db.jobItem.findMany({
    where: { runId: chunk.runId, seq: { gte: chunk.firstSeq, lte: chunk.lastSeq }, outcome: null },
    select: { seq: true, subject: true, label: true, before: true, etag: true },
    orderBy: { seq: "asc" },
  });
  return rows.map((row) => ({ ...row, before: row.before === null ? null : (JSON.parse(row.before) as Json) }));
}
