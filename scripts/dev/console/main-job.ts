import { auditGroups } from "../../../app/features/attribute-groups/audit/audit-groups.ts";
import type { AttributeRoot, LabelSchema } from "../../../app/features/attribute-groups/schema/label-schema.ts";
import { loadLabelSchema } from "../../../app/features/attribute-groups/schema/load-label-schema.server.ts";
import { indexImages } from "../../../app/features/images/index-images.ts";
import { startRun } from "../../../app/features/job-runs/start-run.server.ts";
import { findQuestions } from "../../../app/features/labeling/find-questions.server.ts";
import { PERSONAS } from "../../../app/features/labeling/personas-prompt.ts";
import { preparePrompt } from "../../../app/features/labeling/prepare-prompt.server.ts";
import { readPromptContent } from "../../../app/features/labeling/prompt-versions.server.ts";
import { startLabelRun } from "../../../app/features/labeling/start-label-run.server.ts";
import { readOverview } from "../../../app/features/monitoring/read-overview.server.ts";
import { backfillThumbnails } from "../../../app/features/thumbnails/backfill-thumbnails.ts";
import type { Ports } from "../../../app/ports/index.server.ts";
import { followRun } from "./follow-run.ts";
import { Refusal } from "./ports.ts";

const actor = { id: "script:demo", name: "Demo" };
const BUDGET_USD = 1;

/**
 * Index, audit, thumbnails and a label run over each root, as job runs that the worker carries out. What an interrupted
 * run left is finished first; where nothing is missing, no run is started.
 */
export async function runMainJob(ports: Ports): Promise<void> {
  const unfinished = await ports.db.jobRun.findMany({ where: { status: { in: ["planning", "pending", "running"] } } });
  for (const { id } of unfinished) await followRun(ports, id);

  const common = { actor, autoApply: true };
  await followScan(ports, startRun(ports, indexImages, { payload: { prefix: "" }, ...common }));
  await followScan(ports, startRun(ports, auditGroups, { payload: { root: null }, ...common }));
  if ((await readOverview(ports)).missingThumbnails > 0) {
    await follow(ports, startRun(ports, backfillThumbnails, { payload: { force: false }, ...common }));
  }
  const schema = await loadLabelSchema();
  for (const root of schema.roots) {
    if (!(await hasUnanswered(ports, schema, root))) continue;
    const scope = { root: root.name, only: "unanswered" } as const;
    await follow(ports, startLabelRun(ports, { ...scope, budgetUsd: BUDGET_USD, ...common }));
  }
}

/** The samples hold pictures that fail, but no folder that does: what follows would stand on half a scan. */
async function followScan(ports: Ports, started: Promise<{ runId: number }>) {
  const run = await followRun(ports, (await started).runId);
  if (run.failed > 0) throw new Refusal(`${run.title}: ${run.failures[0]?.sample}`);
}

async function follow(ports: Ports, started: Promise<{ runId: number }>) {
  await followRun(ports, (await started).runId);
}

/** Whether today's prompt was not yet asked about some readable image of the root. */
async function hasUnanswered(ports: Ports, schema: LabelSchema, root: AttributeRoot): Promise<boolean> {
  const prompt = await preparePrompt(ports, { schema, root, name: PERSONAS });
  const { examples } = readPromptContent(prompt);
  for await (const page of findQuestions(ports, {
    root,
    prompt: { hash: prompt.hash, examples },
    only: "unanswered",
    signal: new AbortController().signal,
  })) {
    if (page.asked.length > 0) return true;
  }
  return false;
}

/** What the console holds, by the numbers that its pages show, and what was ever made and asked for it. */
export async function readTotals(ports: Ports) {
  const { db } = ports;
  const latest = await db.groupSnapshot.groupBy({ by: ["root"], _max: { id: true } });
  const [overview, groups, thumbnails, proposals, thumbnailsMade, modelCalls] = await Promise.all([
    readOverview(ports),
    db.group.count({ where: { snapshotId: { in: latest.map(({ _max }) => _max.id ?? 0) } } }),
    db.image.count({ where: { goneAt: null, thumbnailEtag: { not: null } } }),
    db.proposal.count(),
    db.jobItem.count({ where: { outcome: "succeeded", run: { kind: backfillThumbnails.kind } } }),
    db.modelCall.count(),
  ]);
  return {
    totals: { images: overview.images, groups, findings: overview.findings.total, thumbnails, proposals },
    made: { thumbnails: thumbnailsMade, modelCalls },
  };
}
