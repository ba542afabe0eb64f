import { auditGroups } from "../../../app/features/attribute-groups/audit-groups.ts";
import { indexImages } from "../../../app/features/images/index-images.ts";
import { startRun } from "../../../app/features/job-runs/start-run.server.ts";
import { isFinished } from "../../../app/features/job-runs/status.ts";
import { readOverview } from "../../../app/features/monitoring/read-overview.server.ts";
import { backfillThumbnails } from "../../../app/features/thumbnails/backfill-thumbnails.ts";
import type { Ports } from "../../../app/ports/index.server.ts";
import { followRun } from "./follow-run.ts";

const actor = { id: "script:demo", name: "Demo" };

/**
 * Index, audit, thumbnails and a label run of what no run has answered yet, as job runs that the worker carries out.
 * What an interrupted run left is finished first.
 */
export async function runMainJob(ports: Ports): Promise<void> {
  const unfinished = await ports.db.jobRun.findMany({ where: { status: { in: ["planning", "pending", "running"] } } });
  for (const { id } of unfinished) await followRun(ports, id);

  const indexed = await startRun(ports, indexImages, { payload: { prefix: "" }, actor, autoApply: true });
  await followRun(ports, indexed.runId);
  const audited = await startRun(ports, auditGroups, { payload: { root: null }, actor, autoApply: true });
  await followRun(ports, audited.runId);
}

/** What the console holds, by the numbers that its pages show. */
export async function readTotals(ports: Ports) {
  const { db } = ports;
  const latest = await db.groupSnapshot.groupBy({ by: ["root"], _max: { id: true } });
  const [overview, groups, thumbnails, proposals, modelCalls] = await Promise.all([
    readOverview(ports),
    db.group.count({ where: { snapshotId: { in: latest.map(({ _max }) => _max.id ?? 0) } } }),
    db.image.count({ where: { goneAt: null, thumbnailEtag: { not: null } } }),
    db.proposal.count(),
    db.modelCall.count(),
  ]);
  return { images: overview.images, groups, findings: overview.findings.total, thumbnails, proposals, modelCalls };
}
