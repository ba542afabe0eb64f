import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { readOwnerFields } from "./owner-fields";
import { insertOwner } from "./owner-rows.sql.server";

/**
 * Adds an owner before any key names it.
 * @throws DomainError "invalid" for an id, name or email address that cannot be one; "conflict" for an id that is taken
 */
export async function createOwner(
  { db, clock }: { db: Db; clock: Clock },
  { actor, ...written }: { id: string; name: string; email: string; actor: Actor },
): Promise<void> {
  const read = readOwnerFields(written);
  if ("complaint" in read) throw new DomainError("invalid", read.complaint);
  const { owner } = read;
  const now = clock.now();
  await db.$write(async (tx) => {
    if (!(await insertOwner(tx, owner, now))) throw await explainTaken(db, owner.id);
    await recordEvent(tx, {
      at: now,
      actor,
      action: "owner.create",
      subject: `owner:${owner.id}`,
      sentence: `Created the owner ${quote(owner.name)} (${owner.id})`,
      detail: owner,
    });
  });
}

async function explainTaken(db: Db, id: string): Promise<DomainError> {
  const { name, mergedIntoId } = await db.owner.findUniqueOrThrow({ where: { id } });
  const why =
    mergedIntoId === null
      ? `There is already an owner with the ID ${quote(id)}: ${name}. Choose another ID.`
      : `The ID ${quote(id)} belonged to ${name}, who was merged into ${quote(mergedIntoId)}. Choose another ID.`;
  return new DomainError("conflict", why);
}
