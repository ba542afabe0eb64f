import { parseJson } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { conversionTarget, convertImages, originalState } from "./convert-images";

/** As many as can be looked at; each is converted for it. */
const PAIRS = 3;

export type Pair = {
  imageId: number;
  key: string;
  bytes: number;
  becomes: number;
  etag: string;
  format: string;
  quality: number;
};

/** Images of a planned conversion, to be seen beside what they would become; null: the run is none, or waits no more. */
export async function readSideBySide(
  { db }: { db: Db },
  run: { id: number; kind: string; status: string; summary: { samples?: number[] | undefined } | null },
): Promise<Pair[] | null> {
  const samples = run.summary?.samples?.slice(0, PAIRS) ?? [];
  if (run.kind !== convertImages.kind || run.status !== "planned" || samples.length === 0) return null;
  const { payload, undoOfId } = await db.jobRun.findUniqueOrThrow({
    where: { id: run.id },
    select: { payload: true, undoOfId: true },
  });
  if (undoOfId !== null) return null;
  const { format, quality } = convertImages.payload.parse(parseJson(payload));
  // Samples are among the first, and items in their order.
  const items = await db.jobItem.findMany({
    where: { runId: run.id, seq: { lte: ITEMS_LOOKED_THROUGH }, subject: { in: samples.map(String) } },
    orderBy: { seq: "asc" },
  });
  return items.flatMap((item) => {
    const { key, bytes, etag } = originalState.parse(parseJson(item.before));
    const { bytes: becomes } = conversionTarget.parse(parseJson(item.target));
    return becomes === undefined ? [] : [{ imageId: Number(item.subject), key, bytes, becomes, etag, format, quality }];
  });
}

const ITEMS_LOOKED_THROUGH = 100_000;
