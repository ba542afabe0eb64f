-- What each owner has is counted and summed along this index alone. The id stands before the bytes, so that an owner's images
-- still come in the order of their list without being sorted.
DROP INDEX "Image_ownerId_goneAt_createdAt_idx";
CREATE INDEX "Image_ownerId_goneAt_createdAt_id_bytes_idx" ON "Image"("ownerId", "goneAt", "createdAt", "id", "bytes");
