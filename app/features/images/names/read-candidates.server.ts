import type { Db } from "~/ports/db.server";
import { findByOldName } from "./find-by-old-name.sql.server";

/** More than anyone compares by eye; a search narrows the rest. */
const SHOWN = 60;

/** An image that an old name can mean, as its card shows it. */
export type Candidate = Awaited<ReturnType<typeof readCandidates>>["images"][number];

/** What an old name can mean: the first images in key order, 60 unless told, and how many there are. */
export async function readCandidates({ db }: { db: Db }, name: string, { limit = SHOWN }: { limit?: number } = {}) {
  const found = await findByOldName({ db }, name);
  const rows = await db.image.findMany({
    where: { id: { in: found.slice(0, limit).map(({ id }) => id) } },
    orderBy: { key: "asc" },
    include: { owner: { select: { name: true } } },
  });
  const images = rows.map(({ id, key, etag, ownerId, owner, createdAt, goneAt, thumbnailEtag }) => {
    const ownerName = owner?.name ?? ownerId;
    return { id, key, etag, ownerName, createdAt, isGone: goneAt !== null, hasThumbnail: thumbnailEtag === etag };
  });
  return { images, total: found.length };
}
