import type { AlertText } from "~/features/alerts/alert";
import { closeAlerts, openAlerts, updateAlerts } from "~/features/alerts/open-alerts.sql.server";
import { describeReference } from "~/features/attribute-groups/snapshots/reference-change";
import type { SeenReferenceChange, SnapshotChanges } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { jsonColumn } from "~/features/json-column";
import { writeListInPieces } from "~/features/write-in-pieces.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { quote } from "~/quote";
import { type ReferenceDetail, referenceCause, referenceDetail } from "./group-alerts";

/**
 * Once an audit has compared its snapshot with the one before: a reference image that changed or was lost opens an alert,
 * unless the console itself did it. An open one is followed, also to a folder's new name, until it is acknowledged or the
 * group has its former reference image again. An audit that ends before its snapshot is shown is done again, and follows what
 * it has opened.
 * @param hold the lease, as the first statement of each piece
 */
export async function raiseReferenceAlerts(
  db: Db,
  audit: {
    root: string;
    at: Date;
    references: SeenReferenceChange[];
    renamed: SnapshotChanges["renamed"];
  },
  hold: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  const { root, at, references } = audit;
  const open = await db.alert.findMany({ where: { root, kind: "reference-changed", closedAt: null } });
  const changes = new Map(references.map((change) => [change.prefix, change]));
  const renamed = new Map(audit.renamed.map(({ from, to }) => [from.prefix, to]));
  const restored: number[] = [];
  const followed: ({ id: number } & AlertText)[] = [];
  const covered = new Set<string>();
  for (const alert of open) {
    const detail = jsonColumn(referenceDetail).parse(alert.detail);
    const { prefix, name: group } = renamed.get(alert.subject) ?? { prefix: alert.subject, name: detail.group };
    covered.add(prefix);
    const change = changes.get(prefix);
    if (change?.after?.etag === detail.before.etag) restored.push(alert.id);
    else if (change || prefix !== alert.subject) {
      const { before, after } = { ...detail, ...(change && { after: change.after }) };
      followed.push({ id: alert.id, ...tell(root, prefix, { group, before, after }) });
    }
  }
  await writeListInPieces(db, restored, (tx, some) => closeAlerts(tx, some, at), { hold });
  await writeListInPieces(db, followed, (tx, some) => updateAlerts(tx, some, at), { hold });

  const raised = references.flatMap(({ prefix, name: group, before, after, isConsoleMade }) =>
    before === null || isConsoleMade || covered.has(prefix) ? [] : [tell(root, prefix, { group, before, after })],
  );
  const kind = { kind: "reference-changed", severity: "error", root, at } as const;
  await writeListInPieces(db, raised, (tx, some) => openAlerts(tx, some, kind), { hold });
}

function tell(root: string, prefix: string, detail: ReferenceDetail): AlertText {
  const { group, before, after } = detail;
  const sentence = after
    ? `The reference image of ${quote(group)} changed: it was ${describeReference(before)} and is ${describeReference(after)} now.`
    : `${quote(group)} has no reference image any more; it was ${describeReference(before)}.`;
  return { cause: referenceCause(root, prefix), subject: prefix, sentence, detail: JSON.stringify(detail) };
}
