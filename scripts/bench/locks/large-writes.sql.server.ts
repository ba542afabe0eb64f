import { acknowledgeAlerts } from "~/features/alerts/acknowledge-alert.server";
import { insertListings } from "~/features/attribute-groups/audit/audit-groups.sql.server";
import { toSnapshot } from "~/features/attribute-groups/audit/audit-snapshot.server";
import { compareWithLast } from "~/features/attribute-groups/audit/compare-with-last.server";
import { writeAudit } from "~/features/attribute-groups/audit/write-audit.server";
import { auditListing } from "~/features/attribute-groups/findings/audit-listing";
import type { NewFinding } from "~/features/attribute-groups/findings/new-finding";
import { compareFindings } from "~/features/attribute-groups/findings/record-findings.sql.server";
import { thinSnapshotsHandler } from "~/features/attribute-groups/snapshots/thin-snapshots.server";
import { removeStagedRecords } from "~/features/generations/import/stage-import.sql.server";
import { createImagePace, markGone, upsertImages } from "~/features/images/index/index-images.sql.server";
import { fillImageText } from "~/features/images/text/image-text.sql.server";
import { retryFailed } from "~/features/job-runs/commands/retry-failed.server";
import { claimPlanning, waitUntilLetGo } from "~/features/job-runs/engine/ledger/claim.sql.server";
import { clearItems, finishPlanning } from "~/features/job-runs/engine/ledger/planning.sql.server";
import { toJobs } from "~/features/job-runs/kinds/job";
import { deleteItems } from "~/features/job-runs/retention/remove-old-items.sql.server";
import { createPace } from "~/features/pace";
import { addTotals, removeTotals } from "~/features/storage-totals/count/totals.sql.server";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { type Sql, sql } from "~/ports/sql.server";
import { quoteKey } from "~/quote";
import { noopJob } from "../noop-job";

type Act = (ports: Ports) => Promise<unknown>;
type Prepare = (ports: Ports) => Promise<Act>;
type Size = { groups: number; rows: number };

const actor = { id: "script:bench", name: "Bench" };
const never = new AbortController().signal;
const upTo = (rows: number): Sql =>
  sql`(WITH RECURSIVE n("n") AS (SELECT 0 UNION ALL SELECT "n" + 1 FROM n WHERE "n" + 1 < ${rows}) SELECT "n" FROM n)`;

const root = { name: "Bench", prefix: "references/bench/", group: "{angle}_{tone}" };
const schema = {
  attributes: { angle: { values: ["front"], aliases: {} }, tone: { values: ["warm"], aliases: {} } },
  roots: [root],
};

/** An audit of a root of so many folders, each with an image and a finding of its own unless `isMended`. */
function auditOf(ports: Ports, { groups, isMended, at }: { groups: number; isMended: boolean; at: Date }) {
  const objects = Array.from({ length: groups }, (_, n) => ({
    key: `${root.prefix}folder ${String(n).padStart(6, "0")}/image-${isMended ? 2 : 1}.png`,
    etag: `etag-${isMended ? "b" : "a"}-${n}`,
    bytes: 5,
    modifiedAt: new Date(0),
    storageClass: null,
    isArchived: false,
  }));
  const snapshot = toSnapshot(root, auditListing(schema, root, objects));
  const findings = isMended
    ? []
    : snapshot.rows.map(
        ({ prefix }): NewFinding => ({
          type: "no-reference",
          severity: "error",
          subject: prefix,
          sentence: `${quoteKey(prefix)} has no reference image, so it stands for nothing. Choose one of its images.`,
          evidence: { groups: [prefix], objects: [], more: 0 },
        }),
      );
  return async () => {
    const comparison = await compareWithLast(ports.db, root.name, snapshot);
    await insertListings(ports.db, snapshot.listings);
    const seen = await compareFindings(ports.db, root.name, findings);
    return { root: root.name, roots: [root.name], runId: 1, snapshot, comparison, findings: seen, asOf: at };
  };
}

async function audit(ports: Ports, groups: number, isMended: boolean, at: string) {
  const seen = await auditOf(ports, { groups, isMended, at: new Date(at) })();
  const hold = (tx: Tx) => tx.$executeRaw`DELETE FROM "ClockMark"`;
  const finish = await writeAudit(ports.db, seen, hold);
  await ports.db.$write(async (tx) => {
    await hold(tx);
    await finish(tx);
  });
}

async function addRun({ db }: Ports, status: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "JobRun" ("id", "kind", "title", "lane", "status", "payload", "planned", "actor", "actorName", "createdAt", "token",
                          "appliedAt")
    VALUES (1, ${noopJob.definition.kind}, 'Bench', 1, ${status}, '{"items":1}', 0, 'script:bench', 'Bench', 0, 0, 0)`;
}

const addItems = ({ db }: Ports, items: number, failed: boolean) => db.$executeRaw`
  INSERT INTO "JobItem" ("runId", "seq", "subject", "before", "target", "outcome", "errorClass", "error", "finishedAt")
  SELECT 1, "n", 'image-' || "n", '{"ownerId":"u-1"}', '{"ownerId":"u-2"}', ${failed ? "failed" : null},
         ${failed ? "s3" : null}, ${failed ? "S3 was not reachable. Retry it." : null}, ${failed ? 1 : null} FROM ${upTo(items)}`;

const addChunks = ({ db }: Ports, items: number, size: number, failed: boolean) => db.$executeRaw`
  INSERT INTO "JobChunk" ("runId", "seq", "firstSeq", "lastSeq", "status", "worker", "token", "failed")
  SELECT 1, "n", "n" * ${size}, "n" * ${size} + ${size} - 1, ${failed ? "finished" : "open"}, 'gone', 1, ${failed ? size : 0}
    FROM ${upTo(items / size)}`;

const addImages = ({ db }: Ports, images: number, prompt: number) =>
  db.$executeRaw`
    INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt")
    SELECT "n" + 1, 'generated/u-1/2026/' || printf('%07d', "n") || '/a picture of ' || "n" || ${"x".repeat(prompt)}, 'e', 1, 'generated', 0, 0
      FROM ${upTo(images)}`;

const articles = (rows: number) =>
  Array.from({ length: rows }, (_, n) => ({
    ...{ dimension: "article" as const, name: `u-${n % 500}/a-topic-of-some-length-${n}`, ownerId: `u-${n % 500}` },
    ...{ storageClass: "", objects: 5, bytes: n },
  }));

/**
 * Every kind of write that grows with its input and is done in pieces, by name: what is made ready before, and then measured.
 * @param size.groups of a root, and other things that are large each; `rows`: of what is small
 */
export const growingWrites = ({ groups, rows }: Size): Record<string, Prepare> => ({
  "audit: the first, an error in each group": async () => (ports) => audit(ports, groups, false, "2026-09-01"),
  "audit: the same again": async (before) => {
    await audit(before, groups, false, "2026-09-01");
    return (ports) => audit(ports, groups, false, "2026-09-02");
  },
  "audit: all are mended, all have another image": async (before) => {
    await audit(before, groups, false, "2026-09-01");
    return (ports) => audit(ports, groups, true, "2026-09-02");
  },
  "closing a plan, 10 items a chunk": async (before) => {
    await addRun(before, "planning");
    return async ({ db, clock }) => {
      const now = clock.now();
      const scope = { worker: "w", now, chunkConcurrency: { [noopJob.definition.kind]: 1 }, lanes: [0, 1] };
      const planning = await claimPlanning(db, scope);
      if (!planning) throw new Error("one planning");
      const plan = { planned: rows * 10, chunkSize: 10, isSetBased: false, planHash: "h", summary: {}, guard: null };
      await finishPlanning(db, planning, { ...plan, expiresAt: now, now });
    };
  },
  "forgetting items of a planning": async (before) => {
    await addRun(before, "planning");
    await addItems(before, rows, false);
    const planning = { runId: 1, token: 0, kind: noopJob.definition.kind, payload: "{}", undoOfId: null };
    return ({ db, clock }) => clearItems(db, planning, clock.now);
  },
  "fencing the chunks of a canceled run": async (before) => {
    await addRun(before, "cancelled");
    await addChunks(before, rows * 10, 10, false);
    return (ports) => waitUntilLetGo(ports, 1, never);
  },
  "retrying failed items, 10 a chunk": async (before) => {
    await addRun(before, "succeeded");
    await addItems(before, rows, true);
    await addChunks(before, rows, 10, true);
    return (ports) => retryFailed(ports, toJobs([noopJob]), { runId: 1, actor });
  },
  "removing old items": async (before) => {
    await addRun(before, "succeeded");
    await addItems(before, rows, true);
    return ({ db }) => deleteItems(db, 1, never);
  },
  "removing the records of an import, 20 kB each": async (before) => {
    await before.db
      .$executeRaw`INSERT INTO "GenerationImport" ("id", "source", "stagedAt", "jobRunId") VALUES (1, 'f', 0, 7)`;
    await before.db.$executeRaw`
      INSERT INTO "GenerationLine" ("importId", "line", "record") SELECT 1, "n", ${"x".repeat(20_000)} FROM ${upTo(groups)}`;
    return removeStagedRecords;
  },
  "marking images as gone": async (before) => {
    await addImages(before, rows, 0);
    const range = { after: null, last: null };
    return ({ db, clock }) => markGone(db, { prefix: "generated/", range, seen: new Set(), startedAt: clock.now() });
  },
  "counting a bucket of many articles": async ({ db }) => {
    await db.storageSnapshot.create({ data: { id: 1, takenAt: new Date(0) } });
    return (ports) => addTotals(ports.db, 1, articles(rows), { signal: never, pace: createPace() });
  },
  "removing the articles of a snapshot": async ({ db }) => {
    await db.storageSnapshot.create({ data: { id: 1, takenAt: new Date(0) } });
    await addTotals(db, 1, articles(rows), { signal: never, pace: createPace() });
    return (ports) => removeTotals(ports.db, 1, { signal: never }, "article");
  },
  "indexing new images with keys of 1000 bytes": async () => {
    const word = "front warm ";
    const images = Array.from({ length: groups }, (_, n) => ({
      ...{ key: `generated/u-1/${word.repeat(85)}${n}.png`, etag: "e", bytes: 1, modifiedAt: 0 },
      ...{ storageClass: null, archivedAs: null, kind: "generated" as const, ownerId: "u-1" },
    }));
    return ({ db }) => upsertImages(db, images, createImagePace());
  },
  "filling in the words of images with prompts of 2 kB": async (before) => {
    await addImages(before, groups, 0);
    await before.db.$executeRaw`
      INSERT INTO "Generation" ("id", "imageId", "prompt", "createdAt", "references", "record", "hash")
      SELECT 'g-' || "n", "n" + 1, ${"a warm portrait of someone at the sea, "} || "n" || ${"with pines and light ".repeat(95)}, 0, '[]', '{}', 'h' FROM ${upTo(groups)}`;
    return ({ db }) => fillImageText({ db }, never);
  },
});

/** Those that are one write all the same, for what they are about is one thing and large only by what hangs on it. */
export const wholeWrites = ({ groups }: Pick<Size, "groups">): Record<string, Prepare> => ({
  "thinning a snapshot of them": async (before) => {
    await audit(before, groups, false, "2026-09-01T10:00:00Z");
    await audit(before, groups, true, "2026-09-01T11:00:00Z");
    return (ports) =>
      thinSnapshotsHandler.apply(
        { ...ports, clock: { now: () => new Date("2026-11-20") } },
        { seq: 0, subject: root.name, label: null, before: null, target: null, etag: null, attempts: 0 },
        {
          ...{ runId: 1, payload: { days: 30 }, signal: never, hasConsent: false },
          ...{ hold: async () => {}, waiting: () => {} },
        },
      );
  },
  "acknowledging alerts": async (before) => {
    await audit(before, groups, false, "2026-09-01");
    return (ports) => acknowledgeAlerts(ports, { upToId: 1_000_000, actor });
  },
});
