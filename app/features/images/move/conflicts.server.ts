import type { OpenItem, RunContext } from "~/features/job-runs/kinds/handler";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import { type Move, toMove } from "./object-move";

const MOVES_AT_ONCE = 8;

/** For each move, in the order in which they will be done, why it cannot be, or null. Two HEADs a move. */
export async function findMoveConflicts(
  { storage }: Ports,
  items: OpenItem[],
  { runId, signal }: RunContext<unknown>,
): Promise<(string | null)[]> {
  const moves = items.map((item) => toMove(item, runId));
  const found = new Map<Move, [ObjectHead | null, ObjectHead | null]>();
  const queue = moves.values();
  const lane = async () => {
    for (const move of queue) {
      const heads = [storage.head(move.from, { signal }), storage.head(move.to, { signal })] as const;
      found.set(move, await Promise.all(heads));
    }
  };
  await Promise.all(Array.from({ length: MOVES_AT_ONCE }, lane));

  const leftFree = new Set<string>();
  return moves.map((move) => {
    const [source, target] = found.get(move) ?? [null, null];
    const conflict = explain(move, source, leftFree.has(move.to) ? null : target);
    if (conflict === null) leftFree.add(move.from);
    return conflict;
  });
}

function explain(
  { from, fromEtag, to, interrupted }: Move,
  source: ObjectHead | null,
  target: ObjectHead | null,
): string | null {
  // Nothing has left its place for good.
  if (interrupted && target?.etag === interrupted.etag) return null;
  if (source === null) return `${quoteKey(from)} is gone.`;
  if (source.etag !== fromEtag) return `${quoteKey(from)} has changed since it was moved there.`;
  return target && `${quoteKey(to)} exists again, so ${quoteKey(from)} cannot go back there.`;
}
