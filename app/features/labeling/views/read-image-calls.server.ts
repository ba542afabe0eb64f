import type { Db } from "~/ports/db.server";

/** Label runs that are looked through, the newest: each by an index. */
const RUNS = 200;
/** The newest tries that are told of. */
const TRIES = 20;

/** What a model was asked about an image, and what came of it; `runId` is of the label run's job run, null for a try. */
type Call = {
  at: Date;
  runId: number | null;
  /** The prompt version that someone tried. */
  triedVersionId: number | null;
  outcome: string;
  reason: string | null;
};

/** What the newest label runs, and people who tried a prompt, asked a model about an image; the newest first. */
export async function readImageCalls(db: Db, imageId: number): Promise<Call[]> {
  const runs = await db.labelRun.findMany({
    orderBy: { id: "desc" },
    take: RUNS,
    select: { id: true, jobRunId: true },
  });
  const finished = { imageId, finishedAt: { not: null } };
  const [asked, tried] = await Promise.all([
    db.modelCall.findMany({ where: { ...finished, labelRunId: { in: runs.map(({ id }) => id) } } }),
    db.modelCall.findMany({
      where: { ...finished, promptVersionId: { not: null } },
      orderBy: { id: "desc" },
      take: TRIES,
    }),
  ]);
  const jobRunOf = new Map(runs.map(({ id, jobRunId }) => [id, jobRunId]));
  return [...asked, ...tried]
    .sort((one, other) => other.id - one.id)
    .map(({ labelRunId, promptVersionId, outcome, reason, finishedAt, createdAt }) => ({
      at: finishedAt ?? createdAt,
      runId: jobRunOf.get(labelRunId ?? 0) ?? null,
      triedVersionId: promptVersionId,
      outcome,
      reason,
    }));
}
