import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { parseRole, type Role } from "./role";

/** A session ends that long after sign-in, used or not. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60;

/** Who is signed in. */
export type SignedIn = { id: number; email: string; name: string; role: Role };

type Ports = { db: Db; clock: Clock };

/**
 * Begins a session and ends the one that the same browser had before, so that a token planted there is worth nothing.
 * @returns the token for the cookie; the table keeps its hash only
 */
export async function startSession({ db, clock }: Ports, operatorId: number, formerToken: string | null) {
  const token = randomBytes(32).toString("base64url");
  const now = clock.now();
  await db.$write(async (tx) => {
    await tx.session.deleteMany({
      where: { OR: [{ expiresAt: { lte: now } }, ...(formerToken ? [{ id: idOf(formerToken) }] : [])] },
    });
    const expiresAt = new Date(now.getTime() + SESSION_SECONDS * 1_000);
    await tx.session.create({ data: { id: idOf(token), operatorId, createdAt: now, expiresAt } });
  });
  return token;
}

/** The operator of a session; null once it has expired, was ended, or its operator was removed. */
export async function findSignedIn({ db, clock }: Ports, token: string): Promise<SignedIn | null> {
  const session = await db.session.findUnique({ where: { id: idOf(token) }, include: { operator: true } });
  if (!session || session.expiresAt <= clock.now() || session.operator.removedAt) return null;
  const { id, email, name, role } = session.operator;
  return { id, email, name, role: parseRole(role) };
}

/** Ends a session; one that is over already stays over. */
export async function endSession({ db }: Pick<Ports, "db">, token: string) {
  await db.session.deleteMany({ where: { id: idOf(token) } });
}

const idOf = (token: string) => createHash("sha256").update(token).digest("hex");
