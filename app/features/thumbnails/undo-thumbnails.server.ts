import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { OpenItem, Undo } from "~/features/job-runs/kinds/handler";
import { storageFailure } from "~/features/storage-failure";
import { thumbnailState } from "./backfill-thumbnails";

type Row = { key: string; thumbnailEtag: string | null } | null | undefined;

/**
 * Takes away the thumbnails that a backfill made. One that was made in the place of an older one stays: the older one's
 * bytes are gone, and the image needs one.
 */
export const undoThumbnails: Undo<unknown> = {
  async findConflicts({ db }, items) {
    const rows = await db.image.findMany({
      where: { id: { in: items.map(({ subject }) => Number(subject)) } },
      select: { id: true, key: true, thumbnailEtag: true },
    });
    const byId = new Map(rows.map((row) => [String(row.id), row]));
    return items.map((item) => {
      const made = findMade(item, byId.get(item.subject));
      return "conflict" in made ? made.conflict : null;
    });
  },

  async restore({ db, storage }, item, { signal }) {
    const id = Number(item.subject);
    const row = await db.image.findUnique({ where: { id }, select: { key: true, thumbnailEtag: true } });
    const made = findMade(item, row);
    if ("conflict" in made) return { outcome: "skipped", reason: made.conflict };
    const { thumbnailEtag } = made;
    try {
      await storage.delete(thumbnailKey(made.key), { signal });
    } catch (error) {
      return storageFailure(error);
    }
    return {
      outcome: "succeeded",
      after: { thumbnailEtag: null },
      write: (tx) => tx.image.updateMany({ where: { id, thumbnailEtag }, data: { thumbnailEtag: null } }),
    };
  },
};

/** The thumbnail that the backfill made, if it is there and may go; else why not. */
function findMade(
  { label, subject, before, target }: OpenItem,
  row: Row,
): { key: string; thumbnailEtag: string } | { conflict: string } {
  const because = (why: string) => ({ conflict: `${label ?? subject}: ${why}` });
  if (!row) return because("the image is gone");
  const { key, thumbnailEtag } = row;
  if (thumbnailEtag === null) return because("the thumbnail is gone already");
  if (thumbnailEtag !== thumbnailState.parse(before).thumbnailEtag) return because("a newer thumbnail was made since");
  if (thumbnailState.parse(target).thumbnailEtag !== null)
    return because("had a thumbnail before too, so this one stays");
  return { key, thumbnailEtag };
}
