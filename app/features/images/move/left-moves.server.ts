import pMap from "p-map";
import type { ItemRange, OpenItem } from "~/features/job-runs/kinds/handler";
import { isUndo } from "~/features/job-runs/views/undone-run.server";
import { type Json, parseJson } from "~/features/json-column";
import type { Ports } from "~/ports/index.server";
import { toMove } from "./object-move";
import { findOwnCopy } from "./own-copy.server";

const LOOKS_AT_ONCE = 8;
const never = new AbortController().signal;

/**
 * What moves of a range left behind without a success: as their journals say, and where there is none, what lies at the
 * target and is known for theirs by its mark, for the journal may be lost. Two HEADs for each item that was never ended.
 */
export async function findLeftMoves(ports: Ports, { runId, firstSeq, lastSeq }: ItemRange): Promise<Map<number, Json>> {
  const { db, storage } = ports;
  const range = { runId, seq: { gte: firstSeq, lte: lastSeq } };
  const journals = await db.objectMove.findMany({ where: range });
  const left = new Map<number, Json>(
    journals.map(({ seq, to, fromEtag, toEtag }) => {
      return [seq, { key: to, etag: toEtag ?? fromEtag, interrupted: { runId, seq, etag: fromEtag } }];
    }),
  );
  const open = await db.jobItem.findMany({ where: { ...range, outcome: null } });
  const isOfUndo = await isUndo(db, runId);
  const look = async (row: (typeof open)[number]) => {
    const item: OpenItem = { ...row, before: parseJson(row.before), target: parseJson(row.target) };
    const move = { ...toMove(item, runId), isUndo: isOfUndo };
    const { seq, from, fromEtag, to } = move;
    if (left.has(seq) || from === to) return;
    const [source, head] = await Promise.all([storage.head(from), storage.head(to)]);
    const own = await findOwnCopy(ports, move, {
      head,
      source: source?.etag === fromEtag ? source : null,
      signal: never,
    });
    if (own) left.set(seq, { key: to, etag: own.head.etag, interrupted: { runId, seq, etag: fromEtag } });
  };
  await pMap(open, look, { concurrency: LOOKS_AT_ONCE });
  return left;
}
