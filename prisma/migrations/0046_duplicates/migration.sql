-- What searches for duplicates found.
CREATE TABLE "DuplicateSearch" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "counts" TEXT
);

-- CreateTable
CREATE TABLE "DuplicateGroup" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "searchId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "ownerId" TEXT,
    "images" INTEGER NOT NULL,
    "spareBytes" BIGINT NOT NULL,
    CONSTRAINT "DuplicateGroup_searchId_fkey" FOREIGN KEY ("searchId") REFERENCES "DuplicateSearch" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DuplicateImage" (
    "groupId" INTEGER NOT NULL,
    "imageId" INTEGER NOT NULL,
    "etag" TEXT NOT NULL,
    "distance" INTEGER NOT NULL,

    PRIMARY KEY ("groupId", "imageId"),
    CONSTRAINT "DuplicateImage_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "DuplicateGroup" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "DuplicateGroup_searchId_kind_spareBytes_id_idx" ON "DuplicateGroup"("searchId", "kind", "spareBytes", "id");

-- CreateIndex
CREATE INDEX "DuplicateGroup_searchId_kind_ownerId_spareBytes_id_idx" ON "DuplicateGroup"("searchId", "kind", "ownerId", "spareBytes", "id");
