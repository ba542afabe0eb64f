/** How a finished chunk says that those of its items ended that have no outcome of their own. */
export type ChunkOutcome = { firstSeq: number; lastSeq: number; outcome: string | null; finishedAt: Date | null };

type Item = {
  seq: number;
  target: string | null;
  after: string | null;
  outcome: string | null;
  attempts: number;
  finishedAt: Date | null;
};

/**
 * An item with the outcome that counts: its own, else that of its chunk, which speaks for all that a set-based kind did
 * without exception. Such an item became its target, and was tried once.
 */
export function withOutcome<Row extends Item>(item: Row, chunks: readonly ChunkOutcome[]): Row {
  if (item.outcome !== null) return item;
  const chunk = chunks.find(({ firstSeq, lastSeq }) => firstSeq <= item.seq && item.seq <= lastSeq);
  if (!chunk || chunk.outcome === null) return item;
  const { outcome, finishedAt } = chunk;
  return { ...item, outcome, finishedAt, after: item.target, attempts: item.attempts + 1 };
}
