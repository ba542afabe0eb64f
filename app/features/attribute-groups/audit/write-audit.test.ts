import { expect, test } from "vitest";
import { auditListing } from "~/features/attribute-groups/findings/audit-listing";
import { findThinnable, removeUnnamedListings } from "~/features/attribute-groups/snapshots/thin-snapshots.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Tx } from "~/ports/db.server";
import { openTestDb } from "../../../../tests/support/db";
import { etagOf, storeSnapshot } from "../../../../tests/support/snapshot";
import { insertListings } from "./audit-groups.sql.server";
import { toSnapshot } from "./audit-snapshot.server";
import { compareWithLast } from "./compare-with-last.server";
import { writeAudit } from "./write-audit.server";

const noSignal = new AbortController().signal;

async function openAudits() {
  const db = await openTestDb();
  const schema = await loadLabelSchema();
  const [root] = schema.roots;
  if (!root) throw new Error("one root");
  return {
    db,
    store: (at: string, paths: string[]) => storeSnapshot(db, { schema, root, paths, at: new Date(at) }),
    /** An audit that listed these objects; `meanwhile` happens between its comparison and its write. */
    async audit(at: string, paths: string[], meanwhile = async () => {}) {
      const objects = paths.map((path) => ({
        key: root.prefix + path,
        etag: etagOf(root.prefix + path),
        bytes: 5,
        modifiedAt: new Date(0),
        storageClass: null,
        isArchived: false,
      }));
      const snapshot = toSnapshot(root, auditListing(schema, root, objects));
      const comparison = await compareWithLast(db, root.name, snapshot);
      await insertListings(db, snapshot.listings);
      await meanwhile();
      const audit = { root: root.name, roots: [root.name], runId: 1, snapshot, comparison, asOf: new Date(at) };
      const hold = (tx: Tx) => tx.$executeRaw`DELETE FROM "ClockMark"`;
      const finish = await writeAudit(db, { ...audit, findings: { unchanged: [], changed: [] } }, hold);
      await db.$write(async (tx) => {
        await hold(tx);
        await finish(tx);
      });
      return comparison?.isSame;
    },
    async thin(before: string) {
      const ids = await findThinnable(db, { root: root.name, before: new Date(before) });
      await db.groupSnapshot.deleteMany({ where: { id: { in: ids } } });
      return { snapshots: ids.length, listings: await removeUnnamedListings(db, noSignal) };
    },
    kept: async () => (await db.groupSnapshot.findMany({ orderBy: { id: "asc" } })).map(({ id, asOf }) => [id, asOf]),
  };
}

test("a snapshot that was thinned out since the audit compared with it is written again, as it was seen", async () => {
  const { db, store, audit, thin, kept } = await openAudits();
  await audit("2026-09-01T10:00Z", ["front_warm/1.png"]);
  const isSame = await audit("2026-09-01T12:00Z", ["front_warm/1.png"], async () => {
    await store("2026-09-01T11:00Z", ["front_warm/2.png"]);
    expect(await thin("2026-11-01")).toEqual({ snapshots: 1, listings: 1 });
  });
  expect(isSame).toBe(true);
  expect(await kept()).toEqual([
    [2, new Date("2026-09-01T11:00Z")],
    [3, new Date("2026-09-01T12:00Z")],
  ]);
  expect(await db.group.findMany({ where: { snapshotId: 3 }, select: { name: true } })).toEqual([
    { name: "front_warm" },
  ]);
});

test("a listing that went with the last snapshot to name it, after the audit had found it there, is kept again", async () => {
  const { db, store, audit, thin } = await openAudits();
  await store("2026-09-01T10:00Z", ["front_warm/1.png"]);
  await store("2026-09-01T11:00Z", ["front_warm/2.png"]);
  await audit("2026-09-01T12:00Z", ["front_warm/1.png"], async () => {
    expect(await thin("2026-11-01")).toEqual({ snapshots: 1, listings: 1 });
  });
  const { listing } = await db.group.findFirstOrThrow({ where: { snapshotId: 3 }, include: { listing: true } });
  expect(JSON.parse(listing.objects)).toMatchObject([["1.png", expect.any(String), 5]]);
});
