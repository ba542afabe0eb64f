import type { ItemResult } from "~/features/job-runs/kinds/handler";
import type { Tx } from "~/ports/db.server";
import type { Unreadable } from "./pixels/read-image.server";

/**
 * The outcome of an item whose image turned out to be no picture that can be used. Its row says so: pages and audits tell why, and the
 * next run leaves it out. Not where the row is about other bytes by now, nor where a thumbnail of these was made: they are a picture, and
 * only this try was lost.
 */
export function rememberUnreadable(
  { id, key, etag }: { id: number; key: string; etag: string },
  { errorClass, error }: Unreadable,
): ItemResult & { outcome: "failed" } {
  const hasNoThumbnail = { OR: [{ thumbnailEtag: null }, { thumbnailEtag: { not: etag } }] };
  const data = {
    ...{ contentType: null, width: null, height: null, sha256: null, readEtag: etag, archivedAs: null },
    ...{ unreadable: error, unreadableClass: errorClass },
    // A thumbnail that was made before shows other bytes, which an undo must not take for these.
    thumbnailEtag: null,
  };
  const write = (tx: Tx) => tx.image.updateMany({ where: { id, key, etag, ...hasNoThumbnail }, data });
  return { outcome: "failed", errorClass, error, write };
}
