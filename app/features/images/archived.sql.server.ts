import type { Tx } from "~/ports/db.server";

/** Keeps of an image, as long as it is the same, that its bytes turned out to be archived. */
export async function rememberArchived(tx: Tx, image: { id: number; key: string; etag: string }): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Image" SET "archivedAs" = coalesce("storageClass", 'unknown')
     WHERE "id" = ${image.id} AND "key" = ${image.key} AND "etag" = ${image.etag}`;
}
