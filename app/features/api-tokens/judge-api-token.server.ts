import { exactTime } from "~/features/format";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { hasEnded } from "./api-token";
import { hashOf } from "./make-token.server";

/** Under which name the use of the token is kept, or why it is not taken, as a sentence. */
export type TokenVerdict = { token: string } | { refusal: string };

/** Whether some program has this token now. It reads one row and writes none. */
export async function judgeApiToken(
  { db, clock }: { db: Pick<Db, "apiToken">; clock: Clock },
  given: string,
): Promise<TokenVerdict> {
  const row = await db.apiToken.findUnique({ where: { hash: hashOf(given) } });
  if (!row) return { refusal: "The token is wrong." };
  if (row.endsAt && hasEnded(row, clock.now())) {
    return { refusal: `This token ended ${exactTime(row.endsAt)}. Ask an admin of the console for a new one.` };
  }
  return { token: String(row.id) };
}
