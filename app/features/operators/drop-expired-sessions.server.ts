import type { Tx } from "~/ports/db.server";

/**
 * Removes the sessions that are over. The first statement of a transaction that then looks at operators: it has to write
 * (see `$write`), so that what it reads stays true until it ends.
 */
export async function dropExpiredSessions(tx: Pick<Tx, "session">, at: Date): Promise<void> {
  await tx.session.deleteMany({ where: { expiresAt: { lte: at } } });
}
