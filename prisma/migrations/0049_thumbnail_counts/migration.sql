-- Thumbnails are counted by state, and of those that lack one also by whether they could have one: with all of it in the index
-- no row is read for that. app/features/images/query/image-states.sql.server.ts has the same expressions.
DROP INDEX "Image_thumbnailState_idx";
CREATE INDEX "Image_thumbnailState_idx" ON "Image"(CASE WHEN "thumbnailEtag" IS NULL THEN 'missing' WHEN "thumbnailEtag" = "etag" THEN 'made' ELSE 'stale' END, "goneAt", CASE WHEN "readEtag" = "etag" THEN "unreadableClass" END, "archivedAs");
