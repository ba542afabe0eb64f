import type { Ports } from "~/ports/index.server";
import type { ClaimedChunk } from "./ledger/claim.sql.server";

/** How often what is said is looked at: rarely enough for lanes that say it at every call. */
const LOOK_MS = 1_000;
/** A chunk whose items end one after the other waits for nothing, whatever one of them says. */
const STILL_MS = 2_000;

type Wait = { reason: string; since: Date };

/**
 * What all items under way in a chunk say that they wait for, as a note on the chunk while none of them ends. It holds no
 * longer than the lease, so that a worker that dies leaves no note behind.
 */
export function createWaitNote({ db, clock, log }: Pick<Ports, "db" | "clock" | "log">, chunk: ClaimedChunk) {
  const underWay = new Set<{ wait: Wait | null }>();
  let written: Wait | null = null;
  let writing = Promise.resolve();
  let ended = 0;
  let seenEnded = 0;
  let movedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const write = async (wait: Wait | null) => {
    written = wait;
    await db.jobChunk.updateMany({
      where: { runId: chunk.runId, seq: chunk.seq, token: chunk.token },
      data: { waitingFor: wait?.reason ?? null, waitingSince: wait?.since ?? null },
    });
  };
  const findWait = () => {
    if (performance.now() - movedAt < STILL_MS) return null;
    let longest: Wait | null = null;
    for (const { wait } of underWay) {
      if (!wait) return null;
      if (!longest || wait.since < longest.since) longest = wait;
    }
    return longest;
  };
  const look = () => {
    if (ended !== seenEnded) movedAt = performance.now();
    seenEnded = ended;
    const wait = findWait();
    if (wait?.reason === written?.reason) return;
    // A note is no work: where the database does not take it, the next look tries again.
    writing = writing.then(() =>
      write(wait).catch((error: unknown) => {
        written = null;
        log.warn({ err: error }, "what a run waits for could not be noted");
      }),
    );
  };
  const startLooking = () => {
    seenEnded = ended;
    timer = setInterval(look, LOOK_MS);
  };

  return {
    /** An item begins. What it says once it has ended is not heard. */
    begin() {
      const item: { wait: Wait | null } = { wait: null };
      underWay.add(item);
      return {
        /** Null: it goes on. */
        say(reason: string | null): void {
          if (!underWay.has(item)) return;
          if (item.wait?.reason !== reason) item.wait = reason === null ? null : { reason, since: clock.now() };
          if (!timer) startLooking();
        },
        end(): void {
          if (underWay.delete(item)) ended += 1;
        },
      };
    },
    /** To be called once every item has ended. */
    async close(): Promise<void> {
      clearInterval(timer);
      look();
      await writing;
    },
  };
}
