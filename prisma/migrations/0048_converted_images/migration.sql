-- What conversions put in the place of originals.
CREATE TABLE "ConvertedImage" (
    "runId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "imageId" INTEGER NOT NULL,
    "fromKey" TEXT NOT NULL,
    "fromEtag" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "former" TEXT NOT NULL,
    "originalEtag" TEXT,
    "removedBy" INTEGER,

    PRIMARY KEY ("runId", "seq"),
    CONSTRAINT "ConvertedImage_runId_fkey" FOREIGN KEY ("runId") REFERENCES "JobRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "ConvertedImage_imageId_idx" ON "ConvertedImage"("imageId");

-- CreateIndex
CREATE UNIQUE INDEX "ConvertedImage_runId_imageId_key" ON "ConvertedImage"("runId", "imageId");
