import { parseJson } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { drawImages, drawnState } from "./draw-images";

/** A picture of a run, in the order in which they were asked for. */
export type DrawnPicture = { id: number; key: string; etag: string; hasThumbnail: boolean };

/** The pictures that a run has drawn and that are still there; none for a run of another kind. */
export async function readDrawnPictures(
  { db }: { db: Db },
  { id: runId, kind, undoOfId }: { id: number; kind: string; undoOfId: number | null },
): Promise<DrawnPicture[]> {
  if (kind !== drawImages.kind || undoOfId !== null) return [];
  const items = await db.jobItem.findMany({
    where: { runId, outcome: "succeeded" },
    orderBy: { seq: "asc" },
    select: { after: true },
  });
  const keys = items.flatMap(({ after }) => drawnState.safeParse(parseJson(after)).data?.key ?? []);
  const rows = await db.image.findMany({
    where: { key: { in: keys }, goneAt: null },
    select: { id: true, key: true, etag: true, thumbnailEtag: true },
  });
  return keys.flatMap((key) => {
    const row = rows.find((one) => one.key === key);
    return row ? [{ id: row.id, key, etag: row.etag, hasThumbnail: row.thumbnailEtag === row.etag }] : [];
  });
}
