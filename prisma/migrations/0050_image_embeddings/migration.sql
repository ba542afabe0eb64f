-- Where each image lies in the space of an embedding model. A vector is never changed: a new one has a new id.
CREATE TABLE "ImageEmbedding" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "imageId" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "etag" TEXT NOT NULL,
    "vector" BLOB NOT NULL,
    "jobRunId" INTEGER,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "ImageEmbedding_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ImageEmbedding_jobRunId_fkey" FOREIGN KEY ("jobRunId") REFERENCES "JobRun" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "ImageEmbedding_imageId_model_key" ON "ImageEmbedding"("imageId", "model");

-- CreateIndex
CREATE INDEX "ImageEmbedding_model_id_idx" ON "ImageEmbedding"("model", "id");

-- CreateIndex
CREATE INDEX "ImageEmbedding_jobRunId_idx" ON "ImageEmbedding"("jobRunId");
