import type { z } from "zod";
import { auditListing } from "~/features/attribute-groups/findings/audit-listing";
import { findDiscrepancies, type Undecodable } from "~/features/attribute-groups/findings/group-findings";
import { compareFindings } from "~/features/attribute-groups/findings/record-findings.sql.server";
import { countChanges } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { count } from "~/features/format";
import { LISTED_ARCHIVE_CLASSES } from "~/features/images/archived";
import { keysBelow } from "~/features/images/key-layout";
import { LeaseLost } from "~/features/job-runs/engine/ledger/lease-lost";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { storageFailure } from "~/features/storage-failure";
import type { Db, Tx } from "~/ports/db.server";
import type { StoredObject } from "~/ports/storage.server";
import type { auditGroups } from "./audit-groups";
import { insertListings } from "./audit-groups.sql.server";
import { toSnapshot } from "./audit-snapshot.server";
import { compareWithLast } from "./compare-with-last.server";
import { readLabelled } from "./read-labelled.sql.server";
import { writeAudit } from "./write-audit.server";

export const auditGroupsHandler: ItemHandler<z.infer<typeof auditGroups.payload>> = {
  async *plan(_ports, { payload }) {
    const schema = await loadLabelSchema();
    const roots = payload.root === null ? schema.roots : [findRoot(schema, payload.root)];
    yield roots.map((root) => ({ subject: root.name, label: `${root.name} (${root.prefix})` }));
    return { facts: [{ label: "Attribute roots", value: count(roots.length) }] };
  },

  async apply({ storage, db, clock }, item, { runId, signal, hold }) {
    const holdAlone = async (tx: Tx) => {
      signal.throwIfAborted();
      await hold(tx);
      await requireNotCanceled(tx, runId);
    };
    const schema = await loadLabelSchema();
    const root = findRoot(schema, item.subject);
    const asOf = clock.now();
    const objects: StoredObject[] = [];
    try {
      for await (const page of storage.listParallel(root.prefix, { signal })) objects.push(...page);
    } catch (error) {
      return storageFailure(error);
    }
    const audited = auditListing(schema, root, objects);
    const findings = findDiscrepancies(schema, root, audited, {
      undecodable: await readUndecodable(db, root.prefix),
      archived: await readArchived(db, root.prefix),
      labelled: await readLabelled(db, root.prefix),
    });
    const snapshot = toSnapshot(root, audited);
    const comparison = await compareWithLast(db, root.name, snapshot);
    await insertListings(db, snapshot.listings);
    const seen = await compareFindings(db, root.name, findings);
    const write = await writeAudit(
      db,
      {
        root: root.name,
        roots: schema.roots.map(({ name }) => name),
        runId,
        snapshot,
        comparison,
        findings: seen,
        asOf,
      },
      holdAlone,
    );
    return {
      outcome: "succeeded",
      after: {
        groups: audited.groups.length,
        objects: snapshot.objects,
        images: snapshot.images,
        findings: findings.length,
        changes: comparison && countChanges(comparison.changes),
      },
      write: async (tx) => {
        await requireNotCanceled(tx, runId);
        await write(tx);
      },
    };
  },
};

/**
 * Once its run is canceled, the next audit of the root begins, while this one would still have some seconds to end: it would close
 * findings that the other has just seen, and each would take the other's unfinished snapshot away.
 */
async function requireNotCanceled(tx: Tx, runId: number): Promise<void> {
  const canceled = await tx.jobRun.findFirst({ where: { id: runId, status: "cancelled" }, select: { id: true } });
  if (canceled) throw new LeaseLost(`Run ${runId} was canceled`);
}

/**
 * What reading the bytes told of images that are none. This is no local state that could drift from S3: it is said of an
 * ETag, and counts only where S3 still lists that very ETag.
 */
async function readUndecodable(db: Db, prefix: string): Promise<Map<string, Undecodable>> {
  const rows = await db.image.findMany({
    where: { key: keysBelow(prefix), unreadable: { not: null } },
    select: { key: true, readEtag: true, unreadable: true },
  });
  return new Map(
    rows.map(({ key, readEtag, unreadable }) => [key, { etag: readEtag ?? "", reason: unreadable ?? "" }]),
  );
}

/** The same of images that lie in an archive tier which no listing shows, as the attempt to read them told. */
async function readArchived(db: Db, prefix: string): Promise<Map<string, string>> {
  const rows = await db.image.findMany({
    where: {
      key: keysBelow(prefix),
      archivedAs: { not: null },
      OR: [{ storageClass: null }, { storageClass: { notIn: LISTED_ARCHIVE_CLASSES } }],
    },
    select: { key: true, etag: true },
  });
  return new Map(rows.map(({ key, etag }) => [key, etag]));
}
