import { z } from "zod";
import { followEtag, switchRows } from "~/features/images/move/rows.server";
import type { Tx } from "~/ports/db.server";

/** What a row says of its object, and of bytes that were read: those of `readEtag`. */
export const objectFacts = z.object({
  bytes: z.number(),
  contentType: z.string().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  sha256: z.string().nullable(),
  storageClass: z.string().nullable(),
  readEtag: z.string().nullable(),
  unreadable: z.string().nullable(),
  unreadableClass: z.string().nullable(),
});
export type ObjectFacts = z.infer<typeof objectFacts>;

export type ImageSwitch = {
  id: number;
  from: string;
  fromEtag: string;
  /** What its row calls the same bytes, where an index run has given it the ETag of listings. */
  rowEtag?: string;
  to: string;
  toEtag: string;
  /** Which bytes the thumbnail shows that lies where the target's belongs; null: there is none. */
  thumbnailEtag: string | null;
  facts: ObjectFacts;
  now: Date;
};

/**
 * Points an image's row to another object that shows the same picture, with all that hangs on it: its labels and its looks are about that one
 * from now on.
 * @returns what the row said before; null: it is about something else by now, and nothing was changed
 */
export async function switchImage(tx: Tx, { id, facts, rowEtag, ...move }: ImageSwitch): Promise<ObjectFacts | null> {
  const { from, fromEtag, toEtag } = move;
  const row = await tx.image.findFirst({ where: { id, key: from, etag: rowEtag ?? fromEtag, goneAt: null } });
  if (!row) return null;
  await followEtag(tx, id, { fromEtag: row.etag, toEtag: fromEtag });
  await switchRows(tx, { ...move, owner: undefined });
  await tx.image.update({ where: { id }, data: facts });
  await tx.imageLook.updateMany({ where: { imageId: id, etag: fromEtag }, data: { etag: toEtag } });
  return objectFacts.parse({ ...row, bytes: Number(row.bytes) });
}
