import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { OpenItem, Undo } from "~/features/job-runs/kinds/handler";
import { deleteOwn } from "~/features/storage/delete-own.server";
import { storageFailure } from "~/features/storage-failure";
import { quoteKey } from "~/quote";
import { thumbnailState } from "./backfill-thumbnails";

type Row = { key: string; thumbnailEtag: string | null } | null | undefined;

/**
 * Takes away the thumbnails that a backfill made. One that was made in the place of an older one stays: the older one's
 * bytes are gone, and the image needs one. So does one that another run has made again since, of the same bytes too.
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

  async restore(ports, item, { signal }) {
    const id = Number(item.subject);
    const row = await ports.db.image.findUnique({ where: { id }, select: { key: true, thumbnailEtag: true } });
    const made = findMade(item, row);
    if ("conflict" in made) return { outcome: "skipped", reason: made.conflict };
    const { thumbnailEtag } = made;
    try {
      // Earlier versions did not name the run.
      const own = { key: thumbnailKey(made.key), runId: made.runId };
      if ((await deleteOwn(ports, own, signal)) === "another's") {
        return { outcome: "skipped", reason: because(item, madeSince).conflict };
      }
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

const madeSince = "a newer thumbnail was made since";

const because = ({ label, subject }: OpenItem, why: string) => ({ conflict: `${quoteKey(label ?? subject)}: ${why}` });

type Made = { key: string; thumbnailEtag: string; runId: number | undefined };

/** The thumbnail that the backfill made, if it is there and may go; else why not. */
function findMade(item: OpenItem, row: Row): Made | { conflict: string } {
  if (!row) return because(item, "the image is gone");
  const { key, thumbnailEtag } = row;
  if (thumbnailEtag === null) return because(item, "the thumbnail is gone already");
  const before = thumbnailState.parse(item.before);
  if (thumbnailEtag !== before.thumbnailEtag) return because(item, madeSince);
  if (thumbnailState.parse(item.target).thumbnailEtag !== null)
    return because(item, "had a thumbnail before too, so this one stays");
  return { key, thumbnailEtag, runId: before.runId };
}
