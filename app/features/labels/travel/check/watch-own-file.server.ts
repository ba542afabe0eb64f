import { setTimeout as sleep } from "node:timers/promises";
import { indexImages } from "~/features/images/index/index-images";
import { insertRun } from "~/features/job-runs/commands/start-run.server";
import { importLabels } from "~/features/labels/travel/import/import-labels";
import { ofOwnFile } from "~/features/labels/travel/import/start-import.server";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import type { Ports } from "~/ports/index.server";
import { countToImport } from "./label-difference";
import { type OwnFileCheck, refreshOwnFileCheck } from "./own-file-check.server";

type Deps = Pick<Ports, "db" | "clock" | "log">;

const EVERY_MS = 10_000;
/** A comparison of many labels takes long; it takes this share of a worker's time at most. */
const SHARE = 0.05;

/**
 * Keeps what the overview says of labels/personas.json up to date until `signal` aborts: a deployment brings another file, and people and
 * runs change labels. Every worker may do so.
 */
export async function watchOwnFile(deps: Deps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const startedAt = performance.now();
    try {
      await startFirstImport(deps, await refreshOwnFileCheck(deps));
    } catch (error) {
      if (!signal.aborted) deps.log.warn({ err: error }, "labels/personas.json could not be compared");
    }
    const tookMs = performance.now() - startedAt;
    await sleep(Math.max(EVERY_MS, tookMs / SHARE), undefined, { signal }).catch(() => {});
  }
}

const actor = { id: "script:first-start", name: "First start" };

/**
 * Brings the file's labels into a database that never had one, once its images are indexed: nothing can be lost by it, and the run can be
 * undone. Any later import waits for someone who reads its plan.
 */
export async function startFirstImport({ db, clock }: Omit<Deps, "log">, check: OwnFileCheck): Promise<void> {
  if ("problem" in check || check.inBoth + check.onlyHere > 0 || countToImport(check) === 0) return;
  await db.$write(async (tx) => {
    // Of several workers one is first: whoever writes this row.
    await tx.labelFileCheck.updateMany({ where: { file: OWN_FILE }, data: { file: OWN_FILE } });
    const [label, former, imports, indexed] = await Promise.all([
      tx.label.findFirst({ select: { imageId: true } }),
      tx.labelHistory.findFirst({ select: { imageId: true } }),
      tx.jobRun.count({ where: { kind: importLabels.kind } }),
      tx.jobRun.count({ where: { kind: indexImages.kind, status: "succeeded" } }),
    ]);
    if (label || former || imports > 0 || indexed === 0) return;
    await insertRun(tx, clock, importLabels, { payload: ofOwnFile, actor, autoApply: true });
  });
}
