import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";

/**
 * Ends a token at once. It cannot be taken back: the program is given a new one instead.
 * @throws DomainError "not-found" for a token that there is none of, or that has ended
 */
export async function revokeApiToken(
  { db, clock }: { db: Pick<Db, "$write">; clock: Clock },
  { tokenId, actor }: { tokenId: number; actor: Actor },
): Promise<{ client: string; ending: string }> {
  const at = clock.now();
  return db.$write(async (tx) => {
    const { count } = await tx.apiToken.updateMany({
      where: { id: tokenId, OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
      data: { endsAt: at },
    });
    if (count === 0) throw new DomainError("not-found", `There is no token ${tokenId}, or it has ended already.`);
    const { client, ending } = await tx.apiToken.findUniqueOrThrow({ where: { id: tokenId } });
    const sentence = `The token of ${quote(client)} that ends in ${quote(ending)} was revoked`;
    await recordEvent(tx, { at, actor, action: "token.revoke", subject: `token:${tokenId}`, sentence });
    return { client, ending };
  });
}
