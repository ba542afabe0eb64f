import { DomainError } from "~/features/domain-error";
import type { Db } from "~/ports/db.server";
import { requireFree } from "./require-free.server";
import { readViewName } from "./view-name";

/**
 * Gives one of the operator's views another name.
 * @throws DomainError "invalid" (the name), "conflict" (it is taken), "not-found"
 */
export async function renameView(
  { db }: { db: Db },
  { id, operatorId, ...view }: { id: number; operatorId: number; name: string },
): Promise<void> {
  const name = readViewName(view.name);
  await db.$write(async (tx) => {
    await requireFree(tx, { operatorId, name }, id);
    const { count } = await tx.savedView.updateMany({ where: { id, operatorId }, data: { name } });
    if (count === 0) throw new DomainError("not-found", "This view was deleted meanwhile.");
  });
}
