import type { ItemRange } from "~/features/job-runs/kinds/handler";
import { createPace } from "~/features/pace";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { ChunkSignals } from "./apply-items.server";
import type { ClaimedChunk } from "./ledger/claim.sql.server";
import { recordPiece } from "./ledger/set-ledger.sql.server";

/**
 * Does a chunk of a set-based run piece by piece from its front, each in one write that is sized by what the last one took.
 * A pause or the end of the process is heeded between two pieces.
 * @throws LeaseLost
 */
export async function applySet(
  { db, clock }: Ports,
  chunk: ClaimedChunk,
  input: {
    signals: ChunkSignals;
    work: (tx: Tx, range: ItemRange) => Promise<void>;
    whenRunEnds: (tx: Tx) => Promise<unknown>;
  },
): Promise<void> {
  const { signals, work, whenRunEnds } = input;
  const pace = createPace();
  for (let firstSeq = chunk.firstSeq; firstSeq <= chunk.lastSeq; ) {
    if (signals.stop.aborted || signals.drain.aborted) return;
    const rest = { ...chunk, firstSeq };
    const piece = await recordPiece(db, rest, { size: pace.size(), now: clock.now(), work, whenRunEnds });
    pace.took(piece.lastSeq - firstSeq + 1, piece.ms);
    firstSeq = piece.lastSeq + 1;
    if (piece.mustLetGo) return;
  }
}
