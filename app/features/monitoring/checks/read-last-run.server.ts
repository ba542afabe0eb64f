import type { JobDefinition } from "~/features/job-runs/kinds/definition";
import { type Json, parseJson } from "~/features/json-column";
import type { Db } from "~/ports/db.server";

/** How the last run that ended did one of its items. `sentence` null: it did. */
type LastRun = { runId: number; endedAt: number; sentence: string | null; after: Json };

/**
 * @param check the name of the one that asks
 * @returns `dueSince`: when that was first measured, and so since when the kind's schedule is known here; null: never
 */
export async function readLastRun(
  db: Db,
  { kind }: Pick<JobDefinition, "kind">,
  { subject, check }: { subject: string; check: string },
): Promise<{ outcome: LastRun | null; dueSince: number | null }> {
  const [run, first] = await Promise.all([
    db.jobRun.findFirst({
      where: { kind, status: { in: ["succeeded", "failed"] }, itemsRemovedAt: null },
      orderBy: { id: "desc" },
      select: {
        ...{ id: true, finishedAt: true, error: true },
        items: { where: { subject }, select: { outcome: true, after: true, error: true, reason: true } },
      },
    }),
    db.check.findFirst({ where: { name: check }, orderBy: { id: "asc" }, select: { at: true } }),
  ]);
  const dueSince = first?.at.getTime() ?? null;
  if (!run?.finishedAt) return { outcome: null, dueSince };
  const [item] = run.items;
  const sentence =
    item?.outcome === "succeeded" ? null : (item?.error ?? item?.reason ?? run.error ?? "It ended before it was done.");
  const outcome = { runId: run.id, endedAt: run.finishedAt.getTime(), sentence, after: parseJson(item?.after ?? null) };
  return { outcome, dueSince };
}
