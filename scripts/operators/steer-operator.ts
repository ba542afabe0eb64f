import type { Actor } from "~/features/audit-log/record-event";
import { plural } from "~/features/format";
import { addOperator } from "~/features/operators/add-operator.server";
import type { AllowLists } from "~/features/operators/allow-list";
import { changeRole } from "~/features/operators/change-role.server";
import { endSessions } from "~/features/operators/end-sessions.server";
import { findOperatorId } from "~/features/operators/find-operator-id.server";
import { releaseAccount } from "~/features/operators/release-account.server";
import { removeOperator } from "~/features/operators/remove-operator.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import type { Change } from "./read-command";

/**
 * Does what the command says to the operator with its address.
 * @param ports.db what is written to: the database, or a rehearsal
 * @returns what is then, as a sentence without its full stop
 * @throws DomainError for what is refused
 */
export async function steerOperator(
  { reads, db, clock }: { reads: Db; db: Pick<Db, "$write">; clock: Clock },
  lists: AllowLists,
  change: Change,
  actor: Actor,
): Promise<string> {
  const ports = { db, clock };
  if (change.do === "add") {
    const { email } = await addOperator(ports, lists, { ...change, actor });
    return `${email} can sign in as ${quote(change.role)}`;
  }
  const who = { operatorId: await findOperatorId(reads, change.email), actor };
  switch (change.do) {
    case "role":
      await changeRole(ports, lists, { ...who, role: change.role });
      return `The role of ${change.email} is ${quote(change.role)}`;
    case "remove":
      await removeOperator(ports, lists, who);
      return `${change.email} is removed`;
    case "release":
      await releaseAccount(ports, who);
      return `The Google account of ${change.email} is released`;
    case "end-sessions":
      return `${change.email} is signed out of ${plural((await endSessions(ports, who)).ended, "browser")}`;
  }
}
