import { createHash } from "node:crypto";
import { auditListing } from "~/features/attribute-groups/findings/audit-listing";
import { toListing } from "~/features/attribute-groups/snapshots/object-listing.server";
import type { AttributeRoot, LabelSchema } from "~/features/label-schema/label-schema";
import type { Db } from "~/ports/db.server";

/** The ETag that an object at this key has in a stored snapshot. */
export const etagOf = (key: string) => createHash("md5").update(key).digest("hex");

/**
 * Stores what an audit would have seen of these objects, none of which is empty unless its name says so ("zero.png").
 * @param paths below the root
 */
export async function storeSnapshot(
  db: Db,
  { schema, root, paths, at = new Date(0) }: { schema: LabelSchema; root: AttributeRoot; paths: string[]; at?: Date },
) {
  const objects = paths
    .map((path) => root.prefix + path)
    .map((key) => ({
      key,
      etag: etagOf(key),
      bytes: key.endsWith("zero.png") ? 0 : 5,
      modifiedAt: at,
      storageClass: null,
      isArchived: false,
    }));
  const audited = auditListing(schema, root, objects);
  const listings = audited.groups.map(({ prefix, objects }) => toListing(prefix, objects));
  const strays = toListing(root.prefix, audited.strays);
  const isNew = new Map([strays, ...listings].map((listing) => [listing.hash, listing]));
  const hashes = await db.objectListing.findMany({
    where: { hash: { in: [...isNew.keys()] } },
    select: { hash: true },
  });
  for (const { hash } of hashes) isNew.delete(hash);
  await db.objectListing.createMany({ data: Array.from(isNew.values(), ({ hash, objects }) => ({ hash, objects })) });
  const { id } = await db.groupSnapshot.create({
    data: {
      root: root.name,
      prefix: root.prefix,
      objects: objects.length,
      images: audited.groups.reduce((sum, group) => sum + group.images.length, 0),
      straysHash: strays.hash,
      takenAt: at,
      asOf: at,
    },
  });
  await db.group.createMany({
    data: audited.groups.map(({ name, prefix, reading, objects, images, reference }, n) => ({
      snapshotId: id,
      name,
      prefix,
      attributes: reading.attributes && JSON.stringify(reading.attributes),
      problem: "problem" in reading ? reading.problem : null,
      objects: objects.length,
      images: images.length,
      bytes: objects.reduce((sum, object) => sum + object.bytes, 0),
      referenceKey: reference?.key ?? null,
      referenceEtag: reference?.etag ?? null,
      listingHash: listings[n]?.hash ?? "",
    })),
  });
  return { snapshotId: id, audited };
}
