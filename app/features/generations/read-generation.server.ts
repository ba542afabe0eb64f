import type { Db } from "~/ports/db.server";
import { traceReferences } from "./trace-references.server";

/** The newest generation record of an image, with its references as they are today; null: there is none. */
export async function readGeneration(db: Db, imageId: number) {
  const [record, records] = await Promise.all([
    db.generation.findFirst({
      where: { imageId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      include: {
        references: { orderBy: { position: "asc" } },
        elsewhere: { where: { position: { gt: 0 } } },
      },
    }),
    db.generation.count({ where: { imageId } }),
  ]);
  if (!record) return null;
  const { id, prompt, model, mode, finishReason, createdAt, told } = record;
  const traced = await traceReferences(db, record.references);
  const whyNotFound = new Map(record.elsewhere.map(({ position, lastError }) => [position, lastError]));
  return {
    id,
    prompt,
    model,
    mode,
    finishReason,
    createdAt,
    told,
    /** Older records of the same image. */
    older: records - 1,
    references: traced.map(({ position, key, image, hasChanged }) => ({
      position,
      image,
      name: image?.key ?? key,
      why: hasChanged ? "It has other bytes now than when it was used." : (whyNotFound.get(position) ?? null),
    })),
  };
}
