import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { readOwnerFields } from "./owner-fields";

/**
 * Gives an owner another name or email address; its id, which keys begin with, stays.
 * @throws DomainError "invalid" for a name or email address that cannot be one; "not-found" for an owner that is not there,
 *   or was merged; "conflict" when someone else changed it at the same moment
 */
export async function renameOwner(
  { db, clock }: { db: Db; clock: Clock },
  { actor, ...written }: { id: string; name: string; email: string; actor: Actor },
): Promise<{ name: string }> {
  const before = await db.owner.findUnique({ where: { id: written.id, mergedIntoId: null } });
  if (!before) throw new DomainError("not-found", `There is no owner ${quote(written.id)} any more.`);
  const { id, name: oldName, email: oldEmail } = before;
  const read = readOwnerFields({ ...written, id });
  if ("complaint" in read) throw new DomainError("invalid", read.complaint);
  const { name, email } = read.owner;
  if (name === oldName && email === oldEmail) return { name };
  await db.$write(async (tx) => {
    const { count } = await tx.owner.updateMany({
      where: { id, name: oldName, email: oldEmail, mergedIntoId: null },
      data: { name, email },
    });
    if (count === 0) {
      throw new DomainError(
        "conflict",
        `${quote(oldName)} was changed by someone else at the same moment. Look again.`,
      );
    }
    await recordEvent(tx, {
      at: clock.now(),
      actor,
      action: "owner.rename",
      subject: `owner:${id}`,
      sentence:
        name === oldName
          ? `Changed the email address of the owner ${quote(name)} (${id})`
          : `Renamed the owner ${quote(oldName)} (${id}) to ${quote(name)}`,
      detail: { before: { name: oldName, email: oldEmail }, after: { name, email } },
    });
  });
  return { name };
}
