-- Lists of images.
CREATE TABLE "IngestImport" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "stagedAt" DATETIME NOT NULL,
    "jobRunId" INTEGER
);

-- CreateTable
CREATE TABLE "IngestLine" (
    "importId" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "wanted" TEXT,
    "problem" TEXT,

    PRIMARY KEY ("importId", "line"),
    CONSTRAINT "IngestLine_importId_fkey" FOREIGN KEY ("importId") REFERENCES "IngestImport" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Lines of an ingest and the keys that they claim.
CREATE TABLE "IngestedImage" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "runId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "ownerId" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "sourceHash" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "mark" TEXT,
    "etag" TEXT,
    "imageId" INTEGER,
    "isMaker" BOOLEAN NOT NULL DEFAULT false,
    "removingRunId" INTEGER,
    CONSTRAINT "IngestedImage_runId_fkey" FOREIGN KEY ("runId") REFERENCES "JobRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "IngestedImage_runId_line_key_key" ON "IngestedImage"("runId", "line", "key");

-- CreateIndex
CREATE INDEX "IngestedImage_ownerId_place_sourceHash_idx" ON "IngestedImage"("ownerId", "place", "sourceHash");

-- CreateIndex
CREATE INDEX "IngestedImage_sha256_ownerId_idx" ON "IngestedImage"("sha256", "ownerId");

-- CreateIndex
CREATE INDEX "IngestedImage_key_idx" ON "IngestedImage"("key");
