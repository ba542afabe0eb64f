import { z } from "zod";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { OpenItem, Undo } from "~/features/job-runs/kinds/handler";
import { storageFailure } from "~/features/storage-failure";

/** What an item of a backfill looks like before and after: which bytes its thumbnail shows, if it has one. */
const thumbnailState = z.object({ thumbnailEtag: z.string().nullable() });

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
    return items.map((item) => explainConflict(item, byId.get(item.subject)));
  },

  async restore({ db, storage }, item, { signal }) {
    const id = Number(item.subject);
    const row = await db.image.findUnique({ where: { id }, select: { key: true, thumbnailEtag: true } });
    const conflict = explainConflict(item, row);
    if (conflict !== null || !row) return { outcome: "skipped", reason: conflict ?? "This image is gone" };
    const { thumbnailEtag } = row;
    try {
      await storage.delete(thumbnailKey(row.key), { signal });
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

function explainConflict({ label, subject, before, target }: OpenItem, row: Row): string | null {
  const name = label ?? subject;
  if (!row) return `${name}: the image is gone`;
  if (row.thumbnailEtag === null) return `${name}: the thumbnail is gone already`;
  if (row.thumbnailEtag !== thumbnailState.parse(before).thumbnailEtag)
    return `${name}: a newer thumbnail was made since`;
  if (thumbnailState.parse(target).thumbnailEtag !== null)
    return `${name}: had a thumbnail before too, so this one stays`;
  return null;
}
