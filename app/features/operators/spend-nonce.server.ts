import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/**
 * Uses up the nonce of a sign-in that came back, for all web processes.
 * @param spent.expiresAt when its cookie can no longer bring it back, and it need not be known any more
 * @returns false: it was used before
 */
export async function spendNonce(
  { db, clock }: { db: Db; clock: Clock },
  { nonce, expiresAt }: { nonce: string; expiresAt: Date },
): Promise<boolean> {
  return db.$write(async (tx) => {
    await tx.signInNonce.deleteMany({ where: { expiresAt: { lte: clock.now() } } });
    if (await tx.signInNonce.findUnique({ where: { nonce } })) return false;
    await tx.signInNonce.create({ data: { nonce, expiresAt } });
    return true;
  });
}
