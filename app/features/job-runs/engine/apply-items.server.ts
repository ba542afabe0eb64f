import type { ItemContext, ItemResult, OpenItem, RunContext } from "~/features/job-runs/kinds/handler";
import { parseJson } from "~/features/json-column";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { attemptItem, type ItemWork } from "./attempt-item.server";
import { type ClaimedChunk, holdChunk } from "./ledger/claim.sql.server";
import { noteBegun } from "./ledger/ledger.sql.server";
import { createOutcomeRecorder } from "./ledger/outcome-recorder.server";
import { createWaitNote } from "./wait-note.server";

/**
 * A chunk whose workers died so often is done with care: its items one by one, each noted before it is begun. One that
 * was begun alone so often, and never lived to have an outcome, ends the process that touches it: it has failed, and
 * the run goes on. Both are far above what restarts and deployments add up to.
 */
const DEATHS_UNTIL_CARE = 5;
const BEGUN_AT_MOST = 5;

/** `drain`: begin no further item; those in flight end, and the chunk is given back. `stop`: give those up as well. */
export type ChunkSignals = { drain: AbortSignal; stop: AbortSignal };

type Item = OpenItem & { begun: number };

/** Does the open items of a chunk, a few at once, as the definition says, and records each outcome. */
export async function applyItems(
  ports: Ports,
  work: ItemWork,
  chunk: ClaimedChunk,
  context: RunContext<unknown>,
  {
    signals,
    hasConsent,
    whenRunEnds,
  }: { signals: ChunkSignals; hasConsent: boolean; whenRunEnds: (tx: Tx) => Promise<unknown> },
): Promise<void> {
  const isCareful = chunk.deaths >= DEATHS_UNTIL_CARE;
  const queue = (await readOpenItems(ports, chunk)).values();
  const recorder = createOutcomeRecorder(ports, chunk, { stop: signals.stop, whenRunEnds });
  const waits = createWaitNote(ports, chunk);
  const lane = async () => {
    for (const item of queue) {
      if (signals.stop.aborted || signals.drain.aborted || recorder.isPaused) return;
      const finished = item.begun >= BEGUN_AT_MOST ? endsTheWorker(item) : await begin(item);
      if (finished) await recorder.add({ seq: item.seq, ...finished });
    }
  };
  const begin = async (item: Item) => {
    if (isCareful) await noteBegun(ports.db, chunk, item.seq);
    const wait = waits.begin();
    const itemContext: ItemContext<unknown> = {
      ...context,
      hasConsent,
      hold: (tx) => holdChunk(tx, chunk, ports.clock.now()),
      waiting: wait.say,
    };
    return attemptItem(ports, work, item, itemContext).finally(wait.end);
  };
  const width = isCareful ? 1 : work.definition.itemConcurrency;
  const lanes = await Promise.allSettled(Array.from({ length: width }, lane));
  const written = await Promise.allSettled([recorder.close(), waits.close()]);
  for (const end of [...lanes, ...written]) if (end.status === "rejected") throw end.reason;
}

function endsTheWorker({ label, subject, begun }: Item): { result: ItemResult; attempts: number } {
  const error = `The worker process ended ${begun} times while it worked on ${quoteKey(label ?? subject)}. Look at its log before you retry.`;
  return { result: { outcome: "failed", errorClass: "worker-died", error }, attempts: begun };
}

/** The open items of a chunk, without those that are parked for longer. */
async function readOpenItems({ db, clock }: Ports, chunk: ClaimedChunk): Promise<Item[]> {
  const rows = await db.jobItem.findMany({
    where: {
      runId: chunk.runId,
      seq: { gte: chunk.firstSeq, lte: chunk.lastSeq },
      outcome: null,
      OR: [{ parkedUntil: null }, { parkedUntil: { lte: clock.now() } }],
    },
    select: {
      seq: true,
      subject: true,
      label: true,
      before: true,
      target: true,
      etag: true,
      attempts: true,
      begun: true,
    },
    orderBy: { seq: "asc" },
  });
  return rows.map((row) => ({ ...row, before: parseJson(row.before), target: parseJson(row.target) }));
}
