import { drawnState } from "~/features/drawing/draw-images";
import { parseJson } from "~/features/json-column";
import type { Db, JobItem } from "~/ports/db.server";
import { trialItem, tryReference } from "./try-reference";

/** What became of one picture: it is there, it was and is not any more, it is none and why, or it is not drawn yet. */
export type TrialPicture =
  | { state: "drawn"; id: number; key: string; etag: string; hasThumbnail: boolean; record: string | null }
  | { state: "gone" }
  | { state: "without"; isFailed: boolean; why: string }
  | { state: "open" };

/** A generation of a trial: what it was asked for, and what came of it with either reference. */
export type TrialRow = { generation: string; prompt: string; old: TrialPicture; new: TrialPicture };

/** The pictures of a trial side by side; null for a run of another kind, or one without items (not planned, or removed by now). */
export async function readTrial(
  { db }: { db: Db },
  { id: runId, kind, undoOfId }: { id: number; kind: string; undoOfId: number | null },
): Promise<TrialRow[] | null> {
  if (kind !== tryReference.kind || undoOfId !== null) return null;
  const items = await db.jobItem.findMany({ where: { runId }, orderBy: { seq: "asc" } });
  const pictures = await readPictures(db, items);
  const rows = new Map<string, TrialRow>();
  for (const row of items) {
    const { generation, reference, request } = trialItem.parse(parseJson(row.before));
    const empty: TrialRow = { generation, prompt: request.prompt, old: { state: "open" }, new: { state: "open" } };
    rows.set(generation, { ...(rows.get(generation) ?? empty), [reference]: toPicture(row, pictures) });
  }
  return rows.size > 0 ? [...rows.values()] : null;
}

type Drawn = Extract<TrialPicture, { state: "drawn" }>;

function toPicture(row: JobItem, pictures: ReadonlyMap<string, Drawn>): TrialPicture {
  if (row.outcome === null) return { state: "open" };
  if (row.outcome === "succeeded") {
    return pictures.get(keyOf(row) ?? "") ?? { state: "gone" };
  }
  const isFailed = row.outcome === "failed";
  return { state: "without", isFailed, why: (isFailed ? row.error : row.reason) ?? "It was not drawn." };
}

const keyOf = ({ after }: Pick<JobItem, "after">) => drawnState.safeParse(parseJson(after)).data?.key;

async function readPictures(db: Db, items: JobItem[]): Promise<ReadonlyMap<string, Drawn>> {
  const rows = await db.image.findMany({
    where: { key: { in: items.flatMap((item) => keyOf(item) ?? []) }, goneAt: null },
    select: { id: true, key: true, etag: true, thumbnailEtag: true, generations: { select: { id: true }, take: 1 } },
  });
  return new Map(
    rows.map(({ id, key, etag, thumbnailEtag, generations: [record] }) => [
      key,
      { state: "drawn", id, key, etag, hasThumbnail: thumbnailEtag === etag, record: record?.id ?? null },
    ]),
  );
}
