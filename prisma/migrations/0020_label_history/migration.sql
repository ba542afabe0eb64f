-- To the same effect it was once: 84d8cbfb44ee4c7a3edd9bd1519283b81a733ef572c52adf03178178d9662da7
-- Who promoted a label run is told by the promotion, which is a run of its own.
ALTER TABLE "LabelRun" DROP COLUMN "promotedBy";

ALTER TABLE "Label" ADD COLUMN "folder" TEXT;
ALTER TABLE "Label" ADD COLUMN "jobRunId" INTEGER;
CREATE INDEX "Label_labelRunId_idx" ON "Label"("labelRunId");

CREATE TABLE "LabelHistory" (
    "imageId" INTEGER NOT NULL,
    "attribute" TEXT NOT NULL,
    "rev" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "confidence" REAL,
    "labelRunId" INTEGER,
    "acceptedBy" TEXT NOT NULL,
    "acceptedAt" DATETIME NOT NULL,
    "folder" TEXT,
    "jobRunId" INTEGER,
    "endedAt" DATETIME NOT NULL,
    "endedBy" TEXT NOT NULL,
    "endedByRunId" INTEGER,

    PRIMARY KEY ("imageId", "attribute", "rev"),
    CONSTRAINT "LabelHistory_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- A former label is kept as it was. Only the name of its bytes follows them: a copy may have another ETag.
CREATE TRIGGER "LabelHistory_refuses_update" BEFORE UPDATE OF "imageId", "attribute", "rev", "value", "source", "confidence",
  "labelRunId", "acceptedBy", "acceptedAt", "folder", "jobRunId", "endedAt", "endedBy", "endedByRunId" ON "LabelHistory"
BEGIN
    SELECT RAISE(ABORT, 'LabelHistory is append-only: its rows cannot be changed.');
END;
CREATE TRIGGER "LabelHistory_refuses_delete" BEFORE DELETE ON "LabelHistory"
WHEN EXISTS (SELECT 1 FROM "Image" WHERE "id" = OLD."imageId")
BEGIN
    SELECT RAISE(ABORT, 'LabelHistory is append-only: its rows cannot be removed.');
END;

-- Whatever changes or removes a label has written its history first (write-labels.sql.server.ts does), and no rev comes twice.
CREATE TRIGGER "Label_changes_over_its_history" BEFORE UPDATE OF "imageId", "attribute", "value", "rev", "source", "confidence",
  "labelRunId", "acceptedBy", "acceptedAt", "folder", "jobRunId" ON "Label"
WHEN NEW."imageId" <> OLD."imageId" OR NEW."attribute" <> OLD."attribute" OR NEW."rev" <= OLD."rev" OR NOT EXISTS (
  SELECT 1 FROM "LabelHistory" WHERE "imageId" = OLD."imageId" AND "attribute" = OLD."attribute" AND "rev" = OLD."rev")
BEGIN
    SELECT RAISE(ABORT, 'A label changes over its history only: keep the former one in LabelHistory, then write the next rev.');
END;
CREATE TRIGGER "Label_goes_over_its_history" BEFORE DELETE ON "Label"
WHEN NOT EXISTS (
  SELECT 1 FROM "LabelHistory" WHERE "imageId" = OLD."imageId" AND "attribute" = OLD."attribute" AND "rev" = OLD."rev")
BEGIN
    SELECT RAISE(ABORT, 'A label goes over its history only: keep it in LabelHistory first.');
END;
CREATE TRIGGER "Label_comes_after_its_history" BEFORE INSERT ON "Label"
WHEN EXISTS (
  SELECT 1 FROM "LabelHistory" WHERE "imageId" = NEW."imageId" AND "attribute" = NEW."attribute" AND "rev" >= NEW."rev")
BEGIN
    SELECT RAISE(ABORT, 'A label that had former ones goes on from the last rev in LabelHistory.');
END;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Proposal" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "labelRunId" INTEGER NOT NULL,
    "imageId" INTEGER NOT NULL,
    "etag" TEXT NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "confidence" REAL,
    "estimate" REAL,
    "decision" TEXT NOT NULL DEFAULT 'open',
    "decidedBy" TEXT,
    "decidedByName" TEXT,
    "decidedAt" DATETIME,
    "overRev" INTEGER,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Proposal_labelRunId_fkey" FOREIGN KEY ("labelRunId") REFERENCES "LabelRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Proposal_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Proposal" ("id", "labelRunId", "imageId", "etag", "attribute", "value", "confidence", "estimate", "decision", "createdAt")
SELECT "id", "labelRunId", "imageId", '', "attribute", "value", "confidence", "estimate", "decision", "createdAt" FROM "Proposal";
DROP TABLE "Proposal";
ALTER TABLE "new_Proposal" RENAME TO "Proposal";
CREATE INDEX "Proposal_imageId_idx" ON "Proposal"("imageId");
CREATE INDEX "Proposal_labelRunId_attribute_value_confidence_imageId_idx" ON "Proposal"("labelRunId", "attribute", "value", "confidence", "imageId");
CREATE UNIQUE INDEX "Proposal_labelRunId_imageId_attribute_key" ON "Proposal"("labelRunId", "imageId", "attribute");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- Which bytes the model was shown, the run's items tell. Where they were thinned out it is not known (''): such a proposal is
-- of no present bytes.
-- Grouped first: else SQLite goes through all items of a run for each of its proposals, 25 s for 5,000 items and four times as
-- long for twice as many.
UPDATE "Proposal" SET "etag" = shown."etag"
  FROM (SELECT r."id" AS "labelRunId", CAST(i."subject" AS INTEGER) AS "imageId", i."etag" AS "etag"
          FROM "LabelRun" r CROSS JOIN "JobItem" i
         WHERE i."runId" = r."jobRunId" AND i."etag" IS NOT NULL
         GROUP BY 1, 2) shown
 WHERE "Proposal"."labelRunId" = shown."labelRunId" AND "Proposal"."imageId" = shown."imageId";
