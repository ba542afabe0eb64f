-- What an owner may hold.
CREATE TABLE "OwnerQuota" (
    "ownerId" TEXT NOT NULL PRIMARY KEY,
    "bytes" BIGINT,
    "images" INTEGER,
    CONSTRAINT "OwnerQuota_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Owner" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- What the bucket held, and what each value of a dimension had of that.
CREATE TABLE "StorageSnapshot" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "takenAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "objects" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "hiddenObjects" INTEGER,
    "hiddenBytes" BIGINT,
    "elsewhere" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "StorageTotal" (
    "snapshotId" INTEGER NOT NULL,
    "dimension" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "storageClass" TEXT NOT NULL,
    "objects" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,

    PRIMARY KEY ("snapshotId", "dimension", "name", "ownerId", "storageClass"),
    CONSTRAINT "StorageTotal_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "StorageSnapshot" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "StorageSnapshot_finishedAt_id_idx" ON "StorageSnapshot"("finishedAt", "id");

-- CreateIndex
CREATE INDEX "StorageTotal_snapshotId_dimension_storageClass_bytes_idx" ON "StorageTotal"("snapshotId", "dimension", "storageClass", "bytes");
