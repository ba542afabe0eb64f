-- What an image was called before: links to it, in tickets and histories, go on leading to it.
CREATE TABLE "FormerKey" (
    "key" TEXT NOT NULL,
    "imageId" INTEGER NOT NULL,

    PRIMARY KEY ("key", "imageId"),
    CONSTRAINT "FormerKey_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "FormerKey_imageId_idx" ON "FormerKey"("imageId");

-- However a key changes, the former one is kept. No object has an empty key: rows that change places have it meanwhile.
CREATE TRIGGER "Image_key_is_kept" AFTER UPDATE OF "key" ON "Image" WHEN NEW."key" <> OLD."key" AND OLD."key" <> ''
BEGIN
    INSERT INTO "FormerKey" ("key", "imageId") VALUES (OLD."key", NEW."id") ON CONFLICT DO NOTHING;
END;

-- Those that the journal of moves still knows.
INSERT INTO "FormerKey" ("key", "imageId")
SELECT m."from", i."id" FROM "ObjectMove" m JOIN "Image" i ON i."key" = m."to"
 WHERE m."toEtag" IS NOT NULL AND m."from" <> i."key"
    ON CONFLICT DO NOTHING;

-- Images by their file name, wherever they lie: app/ports/sql.server.ts has the same expression.
CREATE INDEX "Image_fileName_idx" ON "Image"(substr("key", length(rtrim("key", replace("key", '/', ''))) + 1));
