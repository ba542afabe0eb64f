import { imageKind, isOriginal, isTracked } from "~/features/images/key-layout";
import { readSurvivor } from "~/features/images/surviving-owner.sql.server";
import { writeDueWords } from "~/features/images/text/image-text.sql.server";
import type { Tx } from "~/ports/db.server";
import type { Move } from "./object-move";

export type RowSwitch = Pick<Move, "from" | "fromEtag" | "to" | "owner"> & {
  toEtag: string;
  /** Which bytes the thumbnail shows that lies where the target's belongs; null: there is none. */
  thumbnailEtag: string | null;
  now: Date;
};

/**
 * Points the row of the source, with all that hangs on it, to the target. It is changed "now", so that an index run whose
 * listing began before does not take it for gone. A target that is not tracked (trash/) has no row: the image's then
 * waits as gone under its old key, and is back when its object is. An object without a row is found by the next index run.
 */
export async function switchRows(tx: Tx, move: RowSwitch): Promise<void> {
  const { from, to } = move;
  if (isTracked(from) && isTracked(to)) return switchKey(tx, move);
  // The row of what a conversion kept is at another key: whatever has one at the target is another image.
  if (isOriginal(from)) return;
  const stays = isTracked(from) ? from : to;
  const row = await tx.image.findUnique({ where: { key: stays }, select: { id: true } });
  if (!row) return;
  await followEtag(tx, row.id, move);
  const back = { etag: move.toEtag, goneAt: null, modifiedAt: move.now };
  await tx.image.update({ where: { id: row.id }, data: stays === to ? back : { goneAt: move.now } });
}

async function switchKey(tx: Tx, { from, to, owner, now, ...move }: RowSwitch): Promise<void> {
  const row = await tx.image.findUnique({
    where: { key: from },
    select: { id: true, thumbnailEtag: true, ownerId: true },
  });
  if (!row) return;
  // Of an image that lay there once, or of our copy that an index run has seen: what lies there now is this image.
  const former = await tx.image.findUnique({ where: { key: to }, select: { id: true, goneAt: true } });
  // Keys are unique, and no object has an empty one.
  if (former) await tx.image.update({ where: { id: former.id }, data: { key: "" } });
  // Someone may have given it to another owner meanwhile: that stays. Or the new owner may have been merged into another.
  const given = owner && row.ownerId === owner.from;
  const ownerId = given && owner.to !== null ? await readSurvivor(tx, owner.to) : owner?.to;
  await tx.image.update({
    where: { id: row.id },
    data: {
      key: to,
      kind: imageKind(to),
      goneAt: null,
      modifiedAt: now,
      ...(given && { ownerId }),
      thumbnailEtag: row.thumbnailEtag === move.thumbnailEtag ? row.thumbnailEtag : null,
    },
  });
  if (former) {
    const data = { key: from, kind: imageKind(from), goneAt: former.goneAt ?? now, thumbnailEtag: null };
    await tx.image.update({ where: { id: former.id }, data });
  }
  await writeDueWords(tx, former ? [row.id, former.id] : [row.id]);
  await followEtag(tx, row.id, move);
}

/** The same bytes may have another ETag after a copy (multipart): what named the old one names the new one. */
export async function followEtag(
  tx: Tx,
  imageId: number,
  { fromEtag, toEtag }: Pick<RowSwitch, "fromEtag" | "toEtag">,
) {
  if (fromEtag === toEtag) return;
  for (const column of ["etag", "readEtag", "thumbnailEtag"] as const) {
    await tx.image.updateMany({ where: { id: imageId, [column]: fromEtag }, data: { [column]: toEtag } });
  }
  const named = { where: { imageId, etag: fromEtag }, data: { etag: toEtag } };
  await tx.label.updateMany(named);
  await tx.labelHistory.updateMany(named);
  await tx.proposal.updateMany(named);
  await tx.imageLook.updateMany(named);
}
