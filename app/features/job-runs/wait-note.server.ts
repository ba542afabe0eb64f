import type { Ports } from "~/ports/index.server";
import type { ClaimedChunk } from "./claim.sql.server";

/** How often what is said is looked at: rarely enough for lanes that say it at every call. */
const LOOK_MS = 1_000;
/** A chunk whose items end one after the other waits for nothing, whatever one of them says. */
const STILL_MS = 2_000;

type Wait = { reason: string; since: Date };

/**
 * What the lanes of a chunk say that they wait for, as a note on the chunk while none of them ends. It holds no longer than
 * the lease, so that a worker that dies leaves no note behind.
 */
export function createWaitNote({ db, clock, log }: Pick<Ports, "db" | "clock" | "log">, chunk: ClaimedChunk) {
  const waits = new Map<number, Wait>();
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
  const look = () => {
    if (ended !== seenEnded) movedAt = performance.now();
    seenEnded = ended;
    const [first] = waits.values();
    const wait = first && performance.now() - movedAt >= STILL_MS ? first : null;
    if (wait?.reason === written?.reason) return;
    // A note is no work: where the database does not take it, the next look tries again.
    writing = writing.then(() =>
      write(wait).catch((error: unknown) => {
        written = null;
        log.warn({ err: error, runId: chunk.runId }, "what a run waits for could not be noted");
      }),
    );
  };

  return {
    /** Null: it goes on. */
    say(lane: number, reason: string | null): void {
      if (reason === null) waits.delete(lane);
      else if (waits.get(lane)?.reason !== reason) waits.set(lane, { reason, since: clock.now() });
      if (timer) return;
      seenEnded = ended;
      timer = setInterval(look, LOOK_MS);
    },
    /** The lane's item has ended. */
    end(lane: number): void {
      waits.delete(lane);
      ended += 1;
    },
    async close(): Promise<void> {
      clearInterval(timer);
      waits.clear();
      look();
      await writing;
    },
  };
}
