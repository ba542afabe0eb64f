-- Snapshots of before keep no listings, so they could not be compared. They are built from S3 alone: the next audit makes
-- them anew.
DELETE FROM "Group";
DELETE FROM "GroupSnapshot";

-- AlterTable
ALTER TABLE "Finding" ADD COLUMN "ignoreReason" TEXT;
ALTER TABLE "Finding" ADD COLUMN "ignoredAt" DATETIME;
ALTER TABLE "Finding" ADD COLUMN "ignoredBy" TEXT;
ALTER TABLE "Finding" ADD COLUMN "ignoredByName" TEXT;

-- CreateTable
CREATE TABLE "Label" (
    "imageId" INTEGER NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 1,
    "etag" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "confidence" REAL,
    "labelRunId" INTEGER,
    "acceptedBy" TEXT NOT NULL,
    "acceptedAt" DATETIME NOT NULL,

    PRIMARY KEY ("imageId", "attribute"),
    CONSTRAINT "Label_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ObjectMove" (
    "runId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "fromEtag" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "toEtag" TEXT,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,

    PRIMARY KEY ("runId", "seq"),
    CONSTRAINT "ObjectMove_runId_seq_fkey" FOREIGN KEY ("runId", "seq") REFERENCES "JobItem" ("runId", "seq") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ObjectListing" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "objects" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Alert" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "cause" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "root" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "openedAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "closedAt" DATETIME,
    "closedBy" TEXT,
    "closedByName" TEXT
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Group" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "snapshotId" INTEGER NOT NULL,
    "prefix" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "attributes" TEXT,
    "problem" TEXT,
    "objects" INTEGER NOT NULL,
    "images" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,
    "newestAt" DATETIME,
    "referenceKey" TEXT,
    "referenceEtag" TEXT,
    "listingHash" TEXT NOT NULL,
    CONSTRAINT "Group_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "GroupSnapshot" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Group_listingHash_fkey" FOREIGN KEY ("listingHash") REFERENCES "ObjectListing" ("hash") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Group" ("attributes", "bytes", "id", "images", "name", "newestAt", "objects", "prefix", "problem", "referenceEtag", "referenceKey", "snapshotId") SELECT "attributes", "bytes", "id", "images", "name", "newestAt", "objects", "prefix", "problem", "referenceEtag", "referenceKey", "snapshotId" FROM "Group";
DROP TABLE "Group";
ALTER TABLE "new_Group" RENAME TO "Group";
CREATE INDEX "Group_listingHash_idx" ON "Group"("listingHash");
CREATE UNIQUE INDEX "Group_snapshotId_prefix_key" ON "Group"("snapshotId", "prefix");
CREATE TABLE "new_GroupSnapshot" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "root" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "jobRunId" INTEGER,
    "objects" INTEGER NOT NULL,
    "images" INTEGER NOT NULL,
    "straysHash" TEXT NOT NULL,
    "takenAt" DATETIME NOT NULL,
    "asOf" DATETIME NOT NULL,
    CONSTRAINT "GroupSnapshot_straysHash_fkey" FOREIGN KEY ("straysHash") REFERENCES "ObjectListing" ("hash") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_GroupSnapshot" ("asOf", "id", "images", "jobRunId", "objects", "prefix", "root", "takenAt") SELECT "asOf", "id", "images", "jobRunId", "objects", "prefix", "root", "takenAt" FROM "GroupSnapshot";
DROP TABLE "GroupSnapshot";
ALTER TABLE "new_GroupSnapshot" RENAME TO "GroupSnapshot";
CREATE INDEX "GroupSnapshot_root_id_idx" ON "GroupSnapshot"("root", "id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "ObjectMove_from_idx" ON "ObjectMove"("from");

-- CreateIndex
CREATE INDEX "ObjectMove_to_idx" ON "ObjectMove"("to");

-- CreateIndex
CREATE INDEX "Alert_closedAt_id_idx" ON "Alert"("closedAt", "id");

-- CreateIndex
CREATE INDEX "Alert_cause_closedAt_idx" ON "Alert"("cause", "closedAt");
