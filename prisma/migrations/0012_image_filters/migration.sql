-- Filters that keep few of many images find them by an index; app/features/images/browse/image-states.sql.server.ts has the same expressions.
CREATE INDEX "Image_thumbnailState_idx" ON "Image"(CASE WHEN "thumbnailEtag" IS NULL THEN 'missing' WHEN "thumbnailEtag" = "etag" THEN 'made' ELSE 'stale' END, "goneAt");
CREATE INDEX "Image_format_idx" ON "Image"(CASE WHEN "readEtag" = "etag" THEN "contentType" ELSE 'unread' END, "goneAt");
CREATE INDEX "Image_unreadableClass_idx" ON "Image"(CASE WHEN "readEtag" = "etag" THEN "unreadableClass" END, "goneAt");
CREATE INDEX "Image_width_idx" ON "Image"("width");
CREATE INDEX "Image_height_idx" ON "Image"("height");
