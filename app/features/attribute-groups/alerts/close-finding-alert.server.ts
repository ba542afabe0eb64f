import type { Tx } from "~/ports/db.server";
import { findingCause } from "./group-alerts";

/** Closes the alert of a finding that no one needs to see any more, if it has one. */
export async function closeFindingAlert(tx: Tx, findingId: number, at: Date): Promise<void> {
  await tx.alert.updateMany({ where: { cause: findingCause(findingId), closedAt: null }, data: { closedAt: at } });
}
