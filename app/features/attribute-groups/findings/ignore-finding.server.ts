import { z } from "zod";
import { closeFindingAlert } from "~/features/attribute-groups/alerts/close-finding-alert.server";
import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db, Prisma, Tx } from "~/ports/db.server";

type Deps = { db: Db; clock: Clock };

const ignoreReason = z.string().trim().min(3).max(300);

/**
 * Sets an open finding aside until it closes: it counts nowhere any more, and its alert closes.
 * @param input.reason 3 to 300 characters, space around it not counted
 * @throws DomainError "invalid" (the reason), "not-found", "conflict" (closed, or ignored already)
 */
export async function ignoreFinding(
  { db, clock }: Deps,
  input: { findingId: number; reason: string; actor: Actor },
): Promise<void> {
  const { findingId, actor } = input;
  const parsed = ignoreReason.safeParse(input.reason);
  if (!parsed.success) {
    throw new DomainError("invalid", "Give a reason of 3 to 300 characters.");
  }
  const reason = parsed.data;
  const at = clock.now();
  await db.$write(async (tx) => {
    const finding = await change(tx, findingId, {
      where: { ignoredAt: null },
      data: { ignoredAt: at, ignoredBy: actor.id, ignoredByName: actor.name, ignoreReason: reason },
      refusal: ({ ignoredByName }) => `${ignoredByName} ignores this finding already.`,
    });
    await closeFindingAlert(tx, findingId, at);
    await recordEvent(tx, {
      at,
      actor,
      action: "finding.ignore",
      subject: `finding:${findingId}`,
      sentence: `Ignored the finding ${finding.sentence} The reason: ${reason}`,
      detail: { root: finding.root, type: finding.type, subject: finding.subject, reason },
    });
  });
}

/**
 * Lets an ignored finding count again.
 * @throws DomainError "not-found", "conflict" (closed, or not ignored)
 */
export async function stopIgnoringFinding(
  { db, clock }: Deps,
  { findingId, actor }: { findingId: number; actor: Actor },
): Promise<void> {
  await db.$write(async (tx) => {
    const finding = await change(tx, findingId, {
      where: { ignoredAt: { not: null } },
      data: { ignoredAt: null, ignoredBy: null, ignoredByName: null, ignoreReason: null },
      refusal: () => "This finding is not ignored.",
    });
    await recordEvent(tx, {
      at: clock.now(),
      actor,
      action: "finding.unignore",
      subject: `finding:${findingId}`,
      sentence: `Stopped ignoring the finding ${finding.sentence}`,
      detail: { root: finding.root, type: finding.type, subject: finding.subject },
    });
  });
}

type FindingRow = Prisma.FindingGetPayload<object>;

/** Changes an open finding, as the first statement of its transaction, or says why it cannot. */
async function change(
  tx: Tx,
  id: number,
  {
    where,
    data,
    refusal,
  }: {
    where: Prisma.FindingWhereInput;
    data: Prisma.FindingUpdateManyMutationInput;
    refusal: (finding: FindingRow) => string;
  },
): Promise<FindingRow> {
  const { count } = await tx.finding.updateMany({ where: { ...where, id, closedAt: null }, data });
  const finding = await tx.finding.findUnique({ where: { id } });
  if (!finding) throw new DomainError("not-found", `There is no finding ${id}.`);
  if (finding.closedAt !== null) {
    throw new DomainError("conflict", `The last audit no longer found this, so it is closed: ${finding.sentence}`);
  }
  if (count === 0) throw new DomainError("conflict", refusal(finding));
  return finding;
}
