import { createHash, randomBytes } from "node:crypto";
import { recordEvent } from "~/features/audit-log/record-event";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { actorOf } from "./operator-actor";
import { parseRole, type Role } from "./role";

/** A session ends that long after sign-in, used or not. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60;

/** Who is signed in. */
export type SignedIn = { id: number; email: string; name: string; role: Role };

type Ports = { db: Db; clock: Clock };

/**
 * Begins a session and ends the one that the same browser had before, so that a token planted there is worth nothing.
 * @param account.sub the Google account that signed in
 * @returns the token for the cookie; the table keeps its hash only
 */
export async function startSession(
  { db, clock }: Ports,
  { operatorId, sub }: { operatorId: number; sub: string | null },
  formerToken: string | null,
) {
  const token = randomBytes(32).toString("base64url");
  const now = clock.now();
  await db.$write(async (tx) => {
    await tx.session.deleteMany({
      where: { OR: [{ expiresAt: { lte: now } }, ...(formerToken ? [{ id: idOf(formerToken) }] : [])] },
    });
    const expiresAt = new Date(now.getTime() + SESSION_SECONDS * 1_000);
    await tx.session.create({ data: { id: idOf(token), operatorId, sub, createdAt: now, expiresAt } });
  });
  return token;
}

/** The operator of a session; null once it has expired, was ended, its operator was removed, or has another account. */
export async function findSignedIn({ db, clock }: Ports, token: string): Promise<SignedIn | null> {
  const session = await db.session.findUnique({ where: { id: idOf(token) }, include: { operator: true } });
  if (!session || session.expiresAt <= clock.now()) return null;
  const { id, email, name, role, sub, removedAt } = session.operator;
  return removedAt || sub !== session.sub ? null : { id, email, name, role: parseRole(role) };
}

/** Ends a session, as its operator asks; one that is over already stays over. */
export async function signOutOperator({ db, clock }: Ports, token: string) {
  const operator = await findSignedIn({ db, clock }, token);
  await db.$write(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id: idOf(token) } });
    if (count === 0 || !operator) return;
    await recordEvent(tx, {
      at: clock.now(),
      actor: actorOf(operator),
      action: "operator.sign-out",
      subject: `operator:${operator.id}`,
      sentence: `${operator.email} signed out`,
    });
  });
}

const idOf = (token: string) => createHash("sha256").update(token).digest("hex");
