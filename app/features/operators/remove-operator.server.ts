import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/** Takes an operator's access away, at once and whatever the allow-lists say; their history keeps their name. */
export async function removeOperator({ db, clock }: { db: Db; clock: Clock }, operatorId: number) {
  await db.$write(async (tx) => {
    const { count } = await tx.operator.updateMany({
      where: { id: operatorId, removedAt: null },
      data: { removedAt: clock.now() },
    });
    if (count === 0) throw new DomainError("not-found", "There is no such operator, or they were removed already.");
    await tx.session.deleteMany({ where: { operatorId } });
  });
}
