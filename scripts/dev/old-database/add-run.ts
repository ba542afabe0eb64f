import type { Insert, Row } from "./insert";
import { sha256 } from "./pictures";

/** The moment at which everything stopped: of the commit's. All that is in the database was before. */
export const LEFT_AT = Date.UTC(2026, 10, 20, 16, 40, 45);

/** So many minutes before the end. */
export const ago = (minutes: number) => LEFT_AT - minutes * 60_000;

export const mina = { actor: "operator:1", actorName: "Mina Kang" };
export const script = { actor: "script:mina@studio", actorName: "mina (script)" };

export type OldItem = Row & { subject: string; outcome?: "succeeded" | "failed" | "skipped" };

type OldRun = Row & { id: number; kind: string; title: string; status: string; payload: string };

const LEASE_MS = 15_000;
const WORKER = "studio:4711:926a1097";
const isDone = ({ outcome }: OldItem) => outcome !== undefined;
const isOver = ["succeeded", "failed", "cancelled"];

/**
 * A job run with its items in chunks. Items without an outcome are open; the chunk in which some are done and some are not was
 * in the hands of a worker that died.
 * @param minutes how long before the end it was started
 */
export function addRun(
  insert: Insert,
  run: OldRun,
  { minutes, items, chunkSize = 50 }: { minutes: number; items: OldItem[]; chunkSize?: number },
): void {
  const { id, status } = run;
  const isPlanned = status !== "planning" && run.errorClass === undefined;
  const isApplied = isPlanned && status !== "planned";
  insert("JobRun", {
    lane: 0,
    autoApply: 0,
    createdAt: ago(minutes),
    planned: items.length,
    planHash: isPlanned ? sha256(`plan of run ${id}`) : null,
    plannedAt: isPlanned ? ago(minutes) + 300 : null,
    expiresAt: isPlanned ? ago(minutes) + 300 + 24 * 3_600_000 : null,
    appliedAt: isApplied ? ago(minutes) + 900 : null,
    startedAt: isApplied ? ago(minutes) + 1_000 : null,
    finishedAt: isOver.includes(status) ? ago(minutes) + 9_000 : null,
    token: status === "planning" ? 0 : 1,
    ...mina,
    ...run,
  });
  for (let firstSeq = 0; firstSeq < items.length; firstSeq += chunkSize) {
    const part = items.slice(firstSeq, firstSeq + chunkSize);
    const lastSeq = firstSeq + part.length - 1;
    insert("JobChunk", { runId: id, seq: firstSeq / chunkSize, firstSeq, lastSeq, ...chunkOf(part, status, minutes) });
    part.forEach((item, n) => {
      const done: Row = isDone(item) ? { attempts: 1, finishedAt: ago(minutes) + 5_000 } : {};
      insert("JobItem", { runId: id, seq: firstSeq + n, ...done, ...item });
    });
  }
}

function chunkOf(items: OldItem[], status: string, minutes: number): Row {
  const tally = (outcome: OldItem["outcome"]) => items.filter((item) => item.outcome === outcome).length;
  const done = items.filter(isDone).length;
  const isFinished = done === items.length;
  return {
    succeeded: tally("succeeded"),
    failed: tally("failed"),
    skipped: tally("skipped"),
    status: isFinished ? "finished" : "open",
    ...(done > 0 && { token: 1, startedAt: ago(minutes) + 1_000 }),
    ...(isFinished && { finishedAt: ago(minutes) + 6_000 }),
    ...((isFinished || (done > 0 && status === "running")) && { worker: WORKER }),
    ...(done > 0 && !isFinished && status === "running" && { leaseUntil: LEFT_AT + LEASE_MS }),
  };
}
