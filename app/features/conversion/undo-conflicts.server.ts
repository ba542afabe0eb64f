import type { OpenItem } from "~/features/job-runs/kinds/handler";
import { parseJson } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { isExample } from "./candidates.sql.server";
import { type ConvertedState, convertedState, leftConversion, originalState } from "./convert-images";
import { isStillConverted } from "./is-still-converted.server";

/** What a conversion left of an item; null: it did not succeed. */
export const stateOf = ({ before }: OpenItem): ConvertedState | null => convertedState.safeParse(before).data ?? null;

/** The way of an original back to where it lay, as the mover takes it. */
export function toMoveBack(item: OpenItem): OpenItem {
  const { original } = convertedState.parse(item.before);
  return {
    ...item,
    before: parseJson(JSON.stringify(original)),
    target: { key: originalState.parse(item.target).key },
  };
}

/** What a conversion's row says; null: the image was given back already, or was never switched. */
export const findConverted = (db: Db, runId: number, { subject }: OpenItem) =>
  db.convertedImage.findUnique({ where: { runId_imageId: { runId, imageId: Number(subject) } } });

/** Why an image stays converted, as a sentence, or null. */
export async function findConflict(
  { db, storage }: Ports,
  item: OpenItem,
  { undone, signal }: { undone: number; signal: AbortSignal },
): Promise<string | null> {
  const state = stateOf(item);
  if (!state) {
    const left = leftConversion.safeParse(item.before).data;
    if (left) return findOwnImage(db, item, left.leftAt);
    return `${quoteKey(item.label ?? item.subject)} is converted again by a new run, not by an undo.`;
  }
  const { key, etag, original } = state;
  const id = Number(item.subject);
  const changed = await findChange({ db, storage }, { id, key, etag, keptAt: original.key }, signal);
  if (changed !== null) return changed;
  const removedBy = (await findConverted(db, undone, item))?.removedBy ?? null;
  return removedBy === null
    ? null
    : `The original of ${quoteKey(key)} was removed by run ${removedBy}, so it stays converted.`;
}

/** What an index run has made an image of its own of what the run put and pointed no row to, as a sentence: people may have worked with it since. */
async function findOwnImage(db: Db, { subject }: OpenItem, leftAt: string): Promise<string | null> {
  const others = await db.image.count({ where: { key: leftAt, goneAt: null, id: { not: Number(subject) } } });
  return others === 0 ? null : `${quoteKey(leftAt)}, which the run put, has become an image of its own, so it stays.`;
}

/** `keptAt`: where its original is kept; null: it never left its place. */
type Converted = { id: number; key: string; etag: string; keptAt: string | null };

/** What became of a converted image since, or null. One that is gone while its original is kept stays so: someone has taken it away. */
export async function findChange(
  { db, storage }: Pick<Ports, "db" | "storage">,
  { id, key, etag, keptAt }: Converted,
  signal: AbortSignal,
): Promise<string | null> {
  const image = await db.image.findUnique({ where: { id }, select: { key: true, etag: true, goneAt: true } });
  if (!image) return `${quoteKey(key)} is no image any more.`;
  if (image.key !== key) return `${quoteKey(key)} has moved to ${quoteKey(image.key)}, so it stays converted.`;
  const there = await storage.head(key, { signal });
  // An undo that the database does not know has first taken the original from where it was kept.
  const isKept = there === null && keptAt !== null && (await storage.head(keptAt, { signal })) !== null;
  if (image.goneAt !== null || isKept) return `${quoteKey(key)} is gone, so its original is not given back.`;
  if (!(await isStillConverted(storage, { etag, rowEtag: image.etag, there }, signal)))
    return `${quoteKey(key)} has changed since it was converted.`;
  if (await isExample(db, image.etag)) return `${quoteKey(key)} is an example of a prompt, so it stays converted.`;
  return null;
}
