-- References of generation records, a row each: which records used an image, a key or a group is then one question along an index.
CREATE TABLE "GenerationReference" (
    "generationId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "imageId" INTEGER,
    "key" TEXT NOT NULL,
    "etag" TEXT,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("generationId", "position"),
    CONSTRAINT "GenerationReference_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "GenerationReference_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

INSERT INTO "GenerationReference" ("generationId", "position", "imageId", "key", "etag", "createdAt")
SELECT g."id", r."key" + 1, i."id", coalesce(r."value"->>'key', r."value"->>'told', ''), r."value"->>'etag', g."createdAt"
  FROM "Generation" g CROSS JOIN json_each(g."references") r LEFT JOIN "Image" i ON i."id" = r."value"->>'imageId';

ALTER TABLE "Generation" DROP COLUMN "references";

-- CreateIndex
CREATE INDEX "GenerationReference_imageId_createdAt_generationId_idx" ON "GenerationReference"("imageId", "createdAt", "generationId");

-- CreateIndex
CREATE INDEX "GenerationReference_key_createdAt_generationId_idx" ON "GenerationReference"("key", "createdAt", "generationId");

-- CreateIndex
CREATE INDEX "Generation_createdAt_id_idx" ON "Generation"("createdAt", "id");
