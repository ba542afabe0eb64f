import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { requireFree } from "./require-free.server";
import { readViewName } from "./view-name";

/** More than anyone finds their way in. */
const MOST_VIEWS = 100;

/**
 * Keeps a page as it is now under a name of the operator's own.
 * @param view.address the page's parameters, known to be good
 * @throws DomainError "invalid" (the name), "conflict" (it is taken, or there are too many)
 */
export async function saveView(
  { db, clock }: { db: Db; clock: Clock },
  { operatorId, page, address, ...view }: { operatorId: number; page: string; name: string; address: string },
): Promise<void> {
  const name = readViewName(view.name);
  await db.$write(async (tx) => {
    await requireFree(tx, { operatorId, name });
    if ((await tx.savedView.count({ where: { operatorId } })) >= MOST_VIEWS) {
      throw new DomainError("conflict", `You have ${MOST_VIEWS} views already. Delete one that you no longer need.`);
    }
    await tx.savedView.create({ data: { operatorId, page, name, address, createdAt: clock.now() } });
  });
}
