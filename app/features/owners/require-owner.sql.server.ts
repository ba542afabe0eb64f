import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import type { Tx } from "~/ports/db.server";
import { quote } from "~/quote";

const found = z.array(z.object({ name: z.string(), mergedIntoId: z.string().nullable() })).max(1);

/**
 * An owner that images can be given to.
 * @throws DomainError "invalid" for one that is not known, or that was merged into another, which is then named
 */
export async function requireOwner(db: Pick<Tx, "$queryRaw">, id: string): Promise<{ id: string; name: string }> {
  const rows = await db.$queryRaw`SELECT "name", "mergedIntoId" FROM "Owner" WHERE "id" = ${id}`;
  const [owner] = found.parse(rows);
  if (!owner) throw new DomainError("invalid", `There is no owner ${quote(id)}. Choose one of the owners.`);
  if (owner.mergedIntoId === null) return { id, name: owner.name };
  const into = quote(owner.mergedIntoId);
  throw new DomainError("invalid", `Owner ${quote(id)} was merged into ${into}. Choose another owner.`);
}
