import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { exactTime } from "~/features/format";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import type { NewApiToken } from "./add-api-token.server";
import { makeToken } from "./make-token.server";

const DAY_MS = 86_400_000;

/**
 * Makes the next token of a program. What it shows until now goes on for `keptDays`, or shorter where an earlier end was set, so
 * that the program is answered while it changes over.
 * @param rotation.keptDays 0: former tokens end at once
 * @throws DomainError "not-found" for a program that has no token
 */
export async function rotateApiToken(
  { db, clock }: { db: Pick<Db, "$write">; clock: Clock },
  { client, keptDays, actor }: { client: string; keptDays: number; actor: Actor },
): Promise<NewApiToken & { formerEndsAt: Date }> {
  const { token, ...kept } = makeToken();
  const at = clock.now();
  const until = new Date(at.getTime() + keptDays * DAY_MS);
  return db.$write(async (tx) => {
    const { count: shortened } = await tx.apiToken.updateMany({
      where: { client, OR: [{ endsAt: null }, { endsAt: { gt: until } }] },
      data: { endsAt: until },
    });
    const ending = await tx.apiToken.findFirst({
      where: { client, endsAt: { gt: at } },
      orderBy: { endsAt: "desc" },
    });
    if (shortened === 0 && !ending) {
      throw new DomainError("not-found", `No program called ${quote(client)} has a token. Make one for it first.`);
    }
    const { id } = await tx.apiToken.create({ data: { ...kept, client, createdAt: at, createdBy: actor.id } });
    const formerEndsAt = ending?.endsAt ?? at;
    const former = keptDays === 0 ? "the former one has ended" : `the former one ends ${exactTime(formerEndsAt)}`;
    const sentence = `${quote(client)} was given its next token for the API, which ends in ${quote(kept.ending)}; ${former}`;
    await recordEvent(tx, { at, actor, action: "token.rotate", subject: `token:${id}`, sentence });
    return { tokenId: id, client, token, formerEndsAt };
  });
}
