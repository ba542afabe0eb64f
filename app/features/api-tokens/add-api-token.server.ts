import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { readClientName } from "./api-token";
import { makeToken } from "./make-token.server";

/** The one time that a token is said. */
export type NewApiToken = { tokenId: number; client: string; token: string };

/**
 * Makes the first token of a program.
 * @throws DomainError "invalid" for a name that cannot be one, "conflict" for a program that has a token
 */
export async function addApiToken(
  { db, clock }: { db: Pick<Db, "$write">; clock: Clock },
  { client: written, actor }: { client: string; actor: Actor },
): Promise<NewApiToken> {
  const read = readClientName(written);
  if ("complaint" in read) throw new DomainError("invalid", read.complaint);
  const { client } = read;
  const { token, ...kept } = makeToken();
  const at = clock.now();
  return db.$write(async (tx) => {
    const { id } = await tx.apiToken.create({ data: { ...kept, client, createdAt: at, createdBy: actor.id } });
    const present = await tx.apiToken.findFirst({
      where: { client, id: { not: id }, OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
    });
    if (present) {
      const refusal = `${quote(client)} has a token already, which ends in ${quote(present.ending)}. Replace it instead.`;
      throw new DomainError("conflict", refusal);
    }
    const sentence = `${quote(client)} was given a token for the API, which ends in ${quote(kept.ending)}`;
    await recordEvent(tx, { at, actor, action: "token.add", subject: `token:${id}`, sentence });
    return { tokenId: id, client, token };
  });
}
