import type { ItemRange, Undo } from "~/features/job-runs/kinds/handler";
import type { Json } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { quoteKey } from "~/quote";
import { type EmbeddingState, embeddingState } from "./embed-images";

type Row = { model: string; jobRunId: number | null; etag: string };

/**
 * Drops the vectors that a run made, whose images are without one then. An older vector that one took the place of is not put back: it
 * was of other bytes.
 */
export const undoEmbeddings: Undo<unknown> = {
  async findConflicts({ db }, items) {
    const rows = await db.imageEmbedding.findMany({
      where: { imageId: { in: items.map(({ subject }) => Number(subject)) } },
      select: { imageId: true, model: true, jobRunId: true, etag: true },
    });
    return items.map((item) => {
      const why = whyNot(
        item.before,
        rows.filter(({ imageId }) => String(imageId) === item.subject),
      );
      return why === null ? null : `${quoteKey(item.label ?? item.subject)}: ${why}`;
    });
  },

  findLeft: findLeftVectors,

  async restore({ db }, item) {
    const imageId = Number(item.subject);
    const { model, dimensions, runId } = embeddingState.parse(item.before);
    const rows = await db.imageEmbedding.findMany({
      where: { imageId, model },
      select: { model: true, jobRunId: true, etag: true },
    });
    const why = whyNot(item.before, rows);
    if (why !== null) return { outcome: "skipped", reason: `${quoteKey(item.label ?? item.subject)}: ${why}` };
    return {
      outcome: "succeeded",
      after: { etag: null, model, dimensions },
      write: (tx) => tx.imageEmbedding.deleteMany({ where: { imageId, model, jobRunId: runId ?? null } }),
    };
  },
};

/** Why the vector that a run left behind cannot be dropped; null: it can. */
function whyNot(before: unknown, rows: Row[]): string | null {
  const made = embeddingState.parse(before);
  const row = rows.find(({ model }) => model === made.model);
  if (!row) return "its vector is gone already";
  return row.jobRunId === made.runId && row.etag === made.etag ? null : "a newer vector was made since";
}

/** Vectors that a worker kept and did not live to say so, or said so too late, by the seq of their items. */
async function findLeftVectors(
  { db }: { db: Db },
  { runId, firstSeq, lastSeq }: ItemRange,
): Promise<ReadonlyMap<number, Json>> {
  const items = await db.jobItem.findMany({
    where: { runId, seq: { gte: firstSeq, lte: lastSeq }, OR: [{ outcome: null }, { outcome: "failed" }] },
    select: { seq: true, subject: true },
  });
  const vectors = await db.imageEmbedding.findMany({
    where: { jobRunId: runId, imageId: { in: items.map(({ subject }) => Number(subject)) } },
    select: { imageId: true, etag: true, model: true, dimensions: true },
  });
  return new Map(
    items.flatMap(({ seq, subject }): [number, Json][] => {
      const vector = vectors.find(({ imageId }) => String(imageId) === subject);
      if (!vector) return [];
      const { etag, model, dimensions } = vector;
      return [[seq, { etag, model, dimensions, runId } satisfies EmbeddingState]];
    }),
  );
}
