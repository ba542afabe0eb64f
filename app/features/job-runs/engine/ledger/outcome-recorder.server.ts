import { setTimeout as sleep } from "node:timers/promises";
import type { ItemResult } from "~/features/job-runs/kinds/handler";
import { isOfItem } from "~/features/job-runs/pausing/item-classes";
import { ALIKE_AT_FIRST } from "~/features/job-runs/pausing/pause-if-alike.server";
import type { Pause } from "~/features/job-runs/pausing/pause-itself.server";
import { describeError, isDatabaseUnavailable } from "~/features/known-error";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { ClaimedChunk } from "./claim.sql.server";
import { LeaseLost } from "./lease-lost";
import { type LedgerEntry, recordOutcomes } from "./ledger.sql.server";
import type { LeftOpenEntry } from "./left-open.sql.server";

/** Outcomes are committed together when they finish within this time of each other. */
const GROUP_WITHIN_MS = 100;
const GROUP_AT_MOST = 500;
const UNAVAILABLE_MS = 1_000;
/** An item that is parked is left alone for this long at least, so that no worker spins over it. */
const PARKED_AT_LEAST_MS = 1_000;

type Finished = { seq: number; result: ItemResult; attempts: number };

/**
 * Gathers a chunk's outcomes and commits them in groups. `add` waits when a group is being written and another is
 * full; `close` writes what is left. Both throw what a write threw (LeaseLost above all). A database that cannot take
 * them for now is waited for until `stop`: work that is done, and perhaps paid for, is not called failed for that.
 * `isPaused` tells that the run has paused itself, so that no further item is begun.
 */
export function createOutcomeRecorder(
  { db, clock, log }: Ports,
  chunk: ClaimedChunk,
  { stop, whenRunEnds }: { stop: AbortSignal; whenRunEnds: (tx: Tx) => Promise<unknown> },
) {
  let waiting: Finished[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let failure: unknown;
  let isPaused = false;
  let unsavedFailures = 0;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const group = waiting;
    waiting = [];
    if (group.length === 0) return writing;
    const failures = group.filter(countsAsAlike).length;
    writing = writing.then(async () => {
      await record(group);
      unsavedFailures -= failures;
    });
    writing.catch((error: unknown) => {
      failure ??= error;
    });
    return writing;
  };

  const write = async (group: Finished[]) => {
    const now = clock.now();
    const mustLetGo = await recordOutcomes(db, chunk, {
      ...divide(group, now),
      now,
      within: async (tx) => {
        for (const { result } of group) await result.write?.(tx);
      },
      whenRunEnds,
    });
    isPaused ||= mustLetGo;
  };

  const record = async (group: Finished[]): Promise<void> => {
    try {
      await whileUnavailable(() => write(group), stop);
    } catch (error) {
      const hasWrites = group.some(({ result }) => result.write);
      if (error instanceof LeaseLost || isDatabaseUnavailable(error) || !hasWrites) throw error;
      // One item's rows were refused: the others must not suffer for it, so each goes alone, and that one has failed.
      if (group.length > 1) {
        for (const finished of group) await record([finished]);
        return;
      }
      log.error({ err: error, seq: group[0]?.seq }, "an item's rows could not be written");
      await record(group.map((one) => ({ ...one, result: { outcome: "failed", ...describeError(error) } })));
    }
  };

  return {
    get isPaused() {
      return isPaused;
    },
    async add(finished: Finished): Promise<void> {
      if (failure) throw failure;
      waiting.push(finished);
      if (countsAsAlike(finished)) unsavedFailures += 1;
      // Where all fail at once, hundreds would have failed before the first of them are counted.
      const mayBeAlike = unsavedFailures >= ALIKE_AT_FIRST;
      if (waiting.length >= GROUP_AT_MOST || mayBeAlike || pauseOf(finished.result) !== null) await flush();
      else timer ??= setTimeout(() => void flush().catch(() => {}), GROUP_WITHIN_MS);
    },
    async close(): Promise<void> {
      await flush();
      if (failure) throw failure;
    },
  };
}

async function whileUnavailable<T>(work: () => Promise<T>, stop: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseUnavailable(error) || stop.aborted) throw error;
      await sleep(UNAVAILABLE_MS, undefined, { signal: stop }).catch(() => {});
    }
  }
}

const countsAsAlike = ({ result }: Finished) => result.outcome === "failed" && !isOfItem(result.errorClass);

const pauseOf = (result: ItemResult) => (result.outcome === "open" && "pause" in result ? result.pause : null);

/** What the ledger keeps of a group: outcomes, items that stay open, and why the run cannot go on. */
function divide(group: Finished[], now: Date) {
  const entries: LedgerEntry[] = [];
  const leftOpen: LeftOpenEntry[] = [];
  let pause: Pause | null = null;
  for (const { seq, attempts, result } of group) {
    if (result.outcome !== "open") entries.push(toEntry(seq, attempts, result));
    else if ("park" in result) leftOpen.push(toParked(seq, result.park, now));
    else {
      leftOpen.push({ seq, parkedUntil: null, reason: null });
      pause ??= { reason: result.pause, until: result.until ?? null };
    }
  }
  return { entries, leftOpen, pause };
}

function toEntry(seq: number, attempts: number, result: Exclude<ItemResult, { outcome: "open" }>): LedgerEntry {
  const failed = result.outcome === "failed" ? result : null;
  return {
    seq,
    attempts,
    outcome: result.outcome,
    after: result.outcome === "succeeded" && result.after !== undefined ? JSON.stringify(result.after) : null,
    reason: result.outcome === "skipped" ? result.reason : null,
    errorClass: failed?.errorClass ?? null,
    error: failed?.error ?? null,
  };
}

function toParked(seq: number, { forMs, reason }: { forMs: number; reason: string }, now: Date): LeftOpenEntry {
  return { seq, parkedUntil: now.getTime() + Math.max(forMs, PARKED_AT_LEAST_MS), reason };
}
