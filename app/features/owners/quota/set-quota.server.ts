import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { requireOwner } from "~/features/owners/require-owner.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { describeQuota, type OwnerQuota, readQuota } from "./owner-quota";

type Written = { id: string; gigabytes: string; images: string; actor: Actor };

/**
 * Says what an owner may hold, or that there is no limit any more. What it was before is in the audit log.
 * @throws DomainError "invalid" for what is no quota, and for an owner that is not there or was merged
 */
export async function setQuota(
  { db, clock }: { db: Db; clock: Clock },
  { id, actor, ...written }: Written,
): Promise<{ name: string; quota: OwnerQuota }> {
  const read = readQuota(written);
  if ("complaint" in read) throw new DomainError("invalid", read.complaint);
  const { quota } = read;
  return db.$write(async (tx) => {
    // Writes before it reads, so that no one changes it in between.
    await tx.ownerQuota.updateMany({ where: { ownerId: id }, data: { ownerId: id } });
    const { name } = await requireOwner(tx, id);
    const row = await tx.ownerQuota.findUnique({ where: { ownerId: id } });
    const before = toQuota(row);
    if (before.bytes === quota.bytes && before.images === quota.images) return { name, quota };
    if (quota.bytes === null && quota.images === null) await tx.ownerQuota.delete({ where: { ownerId: id } });
    else await tx.ownerQuota.upsert({ where: { ownerId: id }, create: { ownerId: id, ...quota }, update: quota });
    await recordEvent(tx, {
      at: clock.now(),
      actor,
      action: "owner.quota",
      subject: `owner:${id}`,
      sentence: `Changed the quota of the owner ${quote(name)} (${id}) from ${describeQuota(before)} to ${describeQuota(quota)}`,
      detail: { before, after: quota },
    });
    return { name, quota };
  });
}

/** Of an owner without a row: no limits. */
export const toQuota = (row: { bytes: bigint | null; images: number | null } | null | undefined): OwnerQuota => ({
  bytes: row?.bytes === null || row?.bytes === undefined ? null : Number(row.bytes),
  images: row?.images ?? null,
});
