import type { Ports } from "~/ports/index.server";
import { attemptItem, type ItemWork } from "./attempt-item.server";
import { type ClaimedChunk, releaseChunk } from "./claim.sql.server";
import type { ChunkHandler, OpenItem, RunContext } from "./handler";
import type { Job } from "./job";
import { LeaseLost, recordChunk } from "./ledger.sql.server";
import { createOutcomeRecorder } from "./outcome-recorder.server";
import { parseJson } from "./parse-json";

/** `drain`: begin no further item; those in flight end, and the chunk is given back. `stop`: give those up as well. */
export type ChunkSignals = { drain: AbortSignal; stop: AbortSignal };

/** Does the open items of a chunk that this worker has claimed, and records each outcome. */
export async function runChunk(ports: Ports, job: Job, chunk: ClaimedChunk, signals: ChunkSignals): Promise<void> {
  const { db, log } = ports;
  const run = await db.jobRun.findUniqueOrThrow({
    where: { id: chunk.runId },
    select: { payload: true, undoOfId: true },
  });
  const payload = job.definition.payload.parse(JSON.parse(run.payload));
  const context = { runId: chunk.runId, payload, signal: signals.stop };
  const work = chooseWork(job, run.undoOfId !== null);
  try {
    if ("applyChunk" in work) await applyWholeChunk(ports, work, chunk, context);
    else await applyItems(ports, work, chunk, context, signals);
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
    log.warn({ runId: chunk.runId, chunk: chunk.seq }, error.message);
  } finally {
    await releaseChunk(db, chunk);
  }
}

function chooseWork({ definition, handler }: Job, isUndo: boolean): ItemWork | ChunkHandler<unknown> {
  if (isUndo && handler.undo) return { definition, apply: handler.undo.restore };
  return "applyChunk" in handler ? handler : { definition, apply: handler.apply };
}

async function applyWholeChunk(
  ports: Ports,
  handler: ChunkHandler<unknown>,
  chunk: ClaimedChunk,
  context: RunContext<unknown>,
): Promise<void> {
  await recordChunk(ports.db, chunk, { clock: ports.clock, work: (tx) => handler.applyChunk(tx, chunk, context) });
}

/** A few items at once, as the definition says. */
async function applyItems(
  ports: Ports,
  work: ItemWork,
  chunk: ClaimedChunk,
  context: RunContext<unknown>,
  signals: ChunkSignals,
): Promise<void> {
  const queue = (await readOpenItems(ports, chunk)).values();
  const recorder = createOutcomeRecorder(ports, chunk);
  const lane = async () => {
    for (const item of queue) {
      if (signals.stop.aborted || signals.drain.aborted) return;
      const finished = await attemptItem(ports, work, item, context);
      if (finished) await recorder.add({ seq: item.seq, ...finished });
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: work.definition.itemConcurrency }, lane));
  const written = await Promise.allSettled([recorder.close()]);
  for (const end of [...lanes, ...written]) if (end.status === "rejected") throw end.reason;
}

async function readOpenItems({ db }: Ports, chunk: ClaimedChunk): Promise<OpenItem[]> {
  const rows = await db.jobItem.findMany({
    where: { runId: chunk.runId, seq: { gte: chunk.firstSeq, lte: chunk.lastSeq }, outcome: null },
    select: { seq: true, subject: true, label: true, before: true, target: true, etag: true, attempts: true },
    orderBy: { seq: "asc" },
  });
  return rows.map((row) => ({ ...row, before: parseJson(row.before), target: parseJson(row.target) }));
}
