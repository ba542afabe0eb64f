-- Where a label that a run imported came from, as its file told it. It holds for the label that this run wrote, also when an undo brings
-- it back.
CREATE TABLE "LabelOrigin" (
    "imageId" INTEGER NOT NULL,
    "attribute" TEXT NOT NULL,
    "jobRunId" INTEGER NOT NULL,
    "origin" TEXT NOT NULL,

    PRIMARY KEY ("imageId", "attribute", "jobRunId"),
    CONSTRAINT "LabelOrigin_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "LabelImport" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "stagedAt" DATETIME NOT NULL,
    "isWhole" BOOLEAN NOT NULL DEFAULT false,
    "unused" TEXT NOT NULL DEFAULT '[]',
    "jobRunId" INTEGER
);

CREATE TABLE "LabelImportLine" (
    "importId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "told" TEXT,
    "isForeign" BOOLEAN NOT NULL DEFAULT false,
    "attribute" TEXT,
    "value" TEXT,
    "etag" TEXT,
    "origin" TEXT,
    "problem" TEXT,

    PRIMARY KEY ("importId", "seq"),
    CONSTRAINT "LabelImportLine_importId_fkey" FOREIGN KEY ("importId") REFERENCES "LabelImport" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "LabelImportLine_importId_told_attribute_seq_idx" ON "LabelImportLine"("importId", "told", "attribute", "seq");

CREATE TABLE "LabelFileCheck" (
    "file" TEXT NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL,
    "difference" TEXT NOT NULL,
    "checkedAt" DATETIME NOT NULL
);
