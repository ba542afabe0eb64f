import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "~/ports/db.server";
import type { NoRoom } from "./room.sql.server";

/** Who waits for a model in this process, one after the other: only the first of them looks for room. */
type Line = { waiting: number; last: Promise<unknown>; reason: string };
/** However long it seems, a wait ends so soon and is looked at again: the clock by which it was told may have jumped. */
const LOOK_AGAIN_MS = 15_000;

const lines = new WeakMap<Db, Map<string, Line>>();

/**
 * Tries until it works or a quota of a day is used up, in the order of asking. Whoever comes while others wait goes behind
 * them, so that a worker asks the database once for a place, and not once for each of its lanes.
 * @param tryOnce an answer, or why there is no room
 * @param options.clock by which `until` is told
 * @param options.waiting is told the reason of each wait
 */
export async function waitInLine<T extends object>(
  db: Db,
  model: string,
  tryOnce: () => Promise<T | NoRoom>,
  options: { now: () => Date; signal: AbortSignal; waiting(reason: string): void },
): Promise<T | (NoRoom & { isForToday: true })> {
  const ofDb = lines.get(db) ?? new Map<string, Line>();
  lines.set(db, ofDb);
  const line = ofDb.get(model) ?? { waiting: 0, last: Promise.resolve(), reason: "" };
  ofDb.set(model, line);
  if (line.waiting === 0) {
    const first = await tryOnce();
    if (!isNoRoom(first) || isOver(first)) return first;
    line.reason = first.reason;
  }
  line.waiting++;
  options.waiting(line.reason);
  const before = line.last;
  const turn = before.then(() => tryUntilItWorks(tryOnce, options));
  line.last = turn.catch(() => undefined);
  try {
    // Who is told to stop does not wait for those before it; its turn is over at once when it comes. One that has come ends by
    // itself, and perhaps with the place that it was trying for: no one else would know of it.
    await Promise.race([before, endOf(options.signal)]);
    return await turn;
  } catch (error) {
    options.signal.throwIfAborted();
    throw error;
  } finally {
    line.waiting--;
  }
}

const endOf = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

async function tryUntilItWorks<T extends object>(
  tryOnce: () => Promise<T | NoRoom>,
  { now, signal, waiting }: { now: () => Date; signal: AbortSignal; waiting(reason: string): void },
): Promise<T | (NoRoom & { isForToday: true })> {
  for (;;) {
    signal.throwIfAborted();
    const result = await tryOnce();
    if (!isNoRoom(result) || isOver(result)) return result;
    waiting(result.reason);
    const waitMs = result.until.getTime() - now().getTime();
    await sleep(Math.min(Math.max(waitMs, 1), LOOK_AGAIN_MS), undefined, { signal });
  }
}

const isNoRoom = <T extends object>(result: T | NoRoom): result is NoRoom => "until" in result;
const isOver = (room: NoRoom): room is NoRoom & { isForToday: true } => room.isForToday;
