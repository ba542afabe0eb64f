import { UNOWNED } from "~/features/images/key-layout";

/** Of a run of pictures: its number and mark, whose they are, and when it was started, which dates their keys. */
export type DrawingsPlace = { runId: number; mark: string; ownerId: string | null; createdAt: Date };

/** “generated/u-1042/2026/12/” */
export function folderOfDrawings(ownerId: string | null, at: Date): string {
  const [year, month] = at.toISOString().split("-");
  return `generated/${ownerId ?? UNOWNED}/${year}/${month}/`;
}

/**
 * The key of a picture up to its extension, which only the answer tells: whoever does the item again finds by it what was drawn.
 * @param picture 1, 2, …
 */
export const drawingKeyStem = ({ runId, mark, ownerId, createdAt }: DrawingsPlace, picture: number): string =>
  `${folderOfDrawings(ownerId, createdAt)}run-${runId}-${mark}-${picture}.`;
