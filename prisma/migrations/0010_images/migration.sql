-- Lists of images: an index for each of their orders, and for what keeps few of many.
DROP INDEX "Image_ownerId_idx";
DROP INDEX "Image_kind_goneAt_idx";
CREATE INDEX "Image_goneAt_createdAt_idx" ON "Image"("goneAt", "createdAt");
CREATE INDEX "Image_goneAt_bytes_idx" ON "Image"("goneAt", "bytes");
CREATE INDEX "Image_ownerId_goneAt_createdAt_idx" ON "Image"("ownerId", "goneAt", "createdAt");
CREATE INDEX "Image_kind_goneAt_createdAt_idx" ON "Image"("kind", "goneAt", "createdAt");
CREATE INDEX "Label_attribute_value_imageId_idx" ON "Label"("attribute", "value", "imageId");

-- The words of an image, under its id. They are written by app/features/images/text/, which cuts Korean, Japanese and
-- Chinese into pairs: "ascii" takes as a word whatever stands between spaces. Images of before are due.
CREATE VIRTUAL TABLE "ImageText" USING fts5("words", content='', contentless_delete=1, detail=none, prefix='2 3', tokenize='ascii');
ALTER TABLE "Image" ADD COLUMN "isTextDue" BOOLEAN NOT NULL DEFAULT true;
CREATE INDEX "Image_isTextDue_idx" ON "Image"("isTextDue");

-- However a key changes, its words are due until they were written.
CREATE TRIGGER "Image_key_makes_text_due" AFTER UPDATE OF "key" ON "Image" WHEN NEW."key" <> OLD."key"
BEGIN
    UPDATE "Image" SET "isTextDue" = true WHERE "id" = NEW."id";
END;
