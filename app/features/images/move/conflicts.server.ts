import pMap from "p-map";
import type { OpenItem, RunContext } from "~/features/job-runs/kinds/handler";
import { orRefusal } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import { type Move, toMove } from "./object-move";
import { findOwnCopy } from "./own-copy.server";

const MOVES_AT_ONCE = 8;

/** For each move, in the order in which they will be done, why it cannot be, or null. Two HEADs a move. */
export async function findMoveConflicts(
  ports: Ports,
  items: OpenItem[],
  { runId, signal }: RunContext<unknown>,
): Promise<(string | null)[]> {
  const { storage } = ports;
  const moves = items.map((item) => ({ ...toMove(item, runId), isUndo: true }));
  const look = async (move: Move) => {
    const [source, target] = await Promise.all([
      storage.head(move.from, { signal }),
      storage.head(move.to, { signal }),
    ]);
    const asLeft = source?.etag === move.fromEtag ? source : null;
    // Put back already, at a time that the database does not know.
    const isBack = (await findOwnCopy(ports, move, { head: target, source: asLeft, signal })) !== null;
    return { move, source, target, isBack };
  };
  const found = await pMap(moves, (move) => orRefusal(() => look(move)), { concurrency: MOVES_AT_ONCE });

  const leftFree = new Set<string>();
  return found.map((looked) => {
    if ("refusal" in looked) return looked.refusal;
    const { move, source, target, isBack } = looked;
    const conflict = isBack ? null : explain(move, source, leftFree.has(move.to) ? null : target);
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
