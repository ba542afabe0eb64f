import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { toBeDealtWith } from "~/features/attribute-groups/findings/worst-findings.server";
import { findNewestSearch } from "~/features/duplicates/search/duplicate-search.sql.server";
import { findDuplicates } from "~/features/duplicates/search/find-duplicates";
import { indexImages } from "~/features/images/index/index-images";
import { presentImages } from "~/features/images/unreadable.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { inHand } from "~/features/job-runs/status";
import type { AttributeRoot, LabelSchema } from "~/features/label-schema/label-schema";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { findQuestions } from "~/features/labeling/asking/find-questions.server";
import { PERSONAS } from "~/features/labeling/prompts/personas-prompt";
import { preparePrompt } from "~/features/labeling/prompts/prepare-prompt.server";
import { equalHashes, readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { runChecks } from "~/features/monitoring/run-checks/run-checks";
import { loadModels } from "~/features/prices/load-models.server";
import { snapshotStorage } from "~/features/storage-totals/count/snapshot-storage";
import { newestSnapshot } from "~/features/storage-totals/snapshots";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import { countMissingThumbnails } from "~/features/thumbnails/missing-thumbnails.sql.server";
import type { Ports } from "~/ports/index.server";
import { followRun } from "./follow-run";
import { Refusal } from "./ports";

const actor = { id: "script:demo", name: "Demo" };
const BUDGET_USD = 1;

/**
 * Index, audit, thumbnails and a label run over each root, as job runs that the worker carries out. What an interrupted
 * run left is finished first; where nothing is missing, no run is started.
 */
export async function runMainJob(ports: Ports): Promise<void> {
  const unfinished = await ports.db.jobRun.findMany({ where: { status: { in: [...inHand] } } });
  for (const { id } of unfinished) await followRun(ports, id);

  const common = { actor, autoApply: true };
  await followScan(ports, startRun(ports, indexImages, { payload: { prefix: "" }, ...common }));
  await followScan(ports, startRun(ports, auditGroups, { payload: { root: null }, ...common }));
  if ((await countMissingThumbnails(ports.db)) > 0) {
    await follow(ports, startRun(ports, backfillThumbnails, { payload: { force: false }, ...common }));
  }
  const schema = await loadLabelSchema();
  for (const root of schema.roots) {
    if (!(await hasUnanswered(ports, schema, root))) continue;
    const scope = { selection: { query: { root: root.name } }, only: "unanswered" } as const;
    await follow(ports, startLabelRun(ports, { ...scope, budgetUsd: BUDGET_USD, ...common }));
  }
}

/** Counts the bucket and compares its images once, as each night does, so that the page Storage and its duplicates begin with something. */
export async function lookAtStorage(ports: Ports): Promise<void> {
  const common = { actor, autoApply: true };
  await followScan(ports, startRun(ports, snapshotStorage, { payload: { versions: false }, ...common }));
  await followScan(ports, startRun(ports, findDuplicates, { payload: {}, ...common }));
}

/** Runs the checks once, so that the page Monitoring begins with something. */
export const measureOnce = (ports: Ports) =>
  followScan(ports, startRun(ports, runChecks, { payload: { checks: null }, actor, autoApply: true }));

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
  const content = readPromptContent(prompt);
  const facts = (await loadModels(ports.model)).factsOf(content.settings.model, ports.clock.now());
  for await (const page of findQuestions(ports, {
    selection: { query: { root: root.name } },
    known: { now: ports.clock.now(), ...schema },
    prompt: { hashes: equalHashes(content, facts), examples: content.examples },
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
  const search = await findNewestSearch(db);
  const [images, findings, groups, thumbnails, proposals, snapshot, duplicates, thumbnailsMade, modelCalls] =
    await Promise.all([
      db.image.count({ where: presentImages(db) }),
      db.finding.count({ where: toBeDealtWith }),
      db.group.count({ where: { snapshotId: { in: latest.map(({ _max }) => _max.id ?? 0) } } }),
      db.image.count({ where: { goneAt: null, thumbnailEtag: { not: null } } }),
      db.proposal.count(),
      db.storageSnapshot.findFirst({ ...newestSnapshot, select: { objects: true, bytes: true } }),
      db.duplicateGroup.count({ where: { searchId: search?.id ?? 0 } }),
      db.jobItem.count({ where: { outcome: "succeeded", run: { kind: backfillThumbnails.kind } } }),
      db.modelCall.count(),
    ]);
  return {
    totals: {
      ...{ images, groups, findings, thumbnails, proposals, duplicates },
      ...{ objects: snapshot?.objects ?? 0, bytes: Number(snapshot?.bytes ?? 0) },
    },
    made: { thumbnails: thumbnailsMade, modelCalls },
  };
}
