import { madeCalls } from "~/features/labeling/asking/kept-answers.sql.server";
import type { OpenLabelRun } from "~/features/labeling/asking/open-label-run.server";
import { readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import type { Db } from "~/ports/db.server";
import type { Sample } from "./quote";

/** Label runs that are looked through, the newest, and calls of each: enough for a mean, and quick to read. */
const RUNS = 5;
const CALLS_OF_A_RUN = 1_000;
/** With fewer of this version, what other versions of its name took says more. */
const ENOUGH = 3;

/**
 * What images took before: in runs of this very prompt version (a pilot of this run included), else in runs of other
 * versions of its name that asked the same model.
 */
export async function readSamples(
  db: Db,
  run: OpenLabelRun,
): Promise<{ samples: Sample[]; basis: "version" | "name" }> {
  const { id, name } = run.promptVersion;
  const own = await samplesOf(db, [id]);
  if (own.length >= ENOUGH) return { samples: own, basis: "version" };
  const others = await db.promptVersion.findMany({
    where: { name, id: { not: id } },
    orderBy: { id: "desc" },
    take: RUNS,
  });
  const { model } = run.content.settings;
  const alike = others.filter((version) => readPromptContent(version).settings.model === model);
  const theirs = await samplesOf(
    db,
    alike.map((version) => version.id),
  );
  return theirs.length > own.length ? { samples: theirs, basis: "name" } : { samples: own, basis: "version" };
}

async function samplesOf(db: Db, promptVersionIds: number[]): Promise<Sample[]> {
  const runs = await db.labelRun.findMany({
    where: { promptVersionId: { in: promptVersionIds } },
    orderBy: { id: "desc" },
    take: RUNS,
    select: { id: true },
  });
  const pages = await Promise.all(
    runs.map(({ id }) =>
      db.modelCall.findMany({
        where: { labelRunId: id, outputTokens: { not: null }, ...madeCalls },
        orderBy: { imageId: "asc" },
        take: CALLS_OF_A_RUN,
        select: { labelRunId: true, imageId: true, outputTokens: true, thoughtTokens: true },
      }),
    ),
  );
  const byImage = new Map<string, Sample>();
  for (const { labelRunId, imageId, outputTokens, thoughtTokens } of pages.flat()) {
    const { calls, output, thoughts } = byImage.get(`${labelRunId} ${imageId}`) ?? { calls: 0, output: 0, thoughts: 0 };
    byImage.set(`${labelRunId} ${imageId}`, {
      calls: calls + 1,
      output: output + (outputTokens ?? 0),
      thoughts: thoughts + (thoughtTokens ?? 0),
    });
  }
  return [...byImage.values()];
}
