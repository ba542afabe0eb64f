-- Runs that have a model make vectors of images, and what their calls come to. Their calls stand among all others, so that quotas and
-- the dollars of a month count them.
CREATE TABLE "EmbedRun" (
    "jobRunId" INTEGER NOT NULL PRIMARY KEY,
    "model" TEXT NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "quoteUsd" REAL,
    "budgetUsd" REAL NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "EmbedRun_jobRunId_fkey" FOREIGN KEY ("jobRunId") REFERENCES "JobRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- Added, and not rebuilt: there may be a million calls with their responses.
ALTER TABLE "ModelCall" ADD COLUMN "embedRunId" INTEGER CONSTRAINT "ModelCall_embedRunId_fkey" REFERENCES "EmbedRun" ("jobRunId") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "ModelCall_embedRunId_outcome_imageId_idx" ON "ModelCall"("embedRunId", "outcome", "imageId");

-- The tallies, by these runs as well.
DROP TRIGGER "ModelCall_is_tallied";
DROP TRIGGER "ModelCall_is_tallied_as_it_is_now";
DROP TRIGGER "ModelCall_is_no_longer_tallied_as_it_was";
DROP TRIGGER "ModelCall_is_no_longer_tallied";
DROP VIEW "CallShare";
CREATE TABLE "new_CallTally" (
    "labelRunId" INTEGER NOT NULL,
    "embedRunId" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,
    "made" INTEGER NOT NULL,
    "billed" INTEGER NOT NULL,
    "unpriced" INTEGER NOT NULL,
    "mended" INTEGER NOT NULL,
    "spentPico" BIGINT NOT NULL,
    "reservedPico" BIGINT NOT NULL,
    "promptTokens" BIGINT NOT NULL,
    "imageTokens" BIGINT NOT NULL,
    "outputTokens" BIGINT NOT NULL,
    "maxReservedUsd" REAL NOT NULL,

    PRIMARY KEY ("labelRunId", "embedRunId", "day", "outcome")
);
INSERT INTO "new_CallTally"
SELECT "labelRunId", 0, "day", "outcome", "calls", "made", "billed", "unpriced", "mended", "spentPico", "reservedPico", "promptTokens",
       "imageTokens", "outputTokens", "maxReservedUsd"
  FROM "CallTally";
DROP TABLE "CallTally";
ALTER TABLE "new_CallTally" RENAME TO "CallTally";

-- What one call adds to its tally.
CREATE VIEW "CallShare" AS
SELECT "id" AS "callId", coalesce("labelRunId", 0) AS "labelRunId", coalesce("embedRunId", 0) AS "embedRunId",
       "createdAt" / 86400000 AS "day", "outcome", 1 AS "calls",
       "isTakenOver" = 0 AS "made", "outputTokens" IS NOT NULL AS "billed",
       "usd" IS NULL AND "finishedAt" IS NOT NULL AS "unpriced", "mended" IS NOT NULL AS "mended",
       CAST(round(coalesce("usd", 0) * 1e12) AS INTEGER) AS "spentPico",
       CASE WHEN "usd" IS NULL THEN CAST(round("reservedUsd" * 1e12) AS INTEGER) ELSE 0 END AS "reservedPico",
       coalesce("promptTokens", 0) AS "promptTokens", coalesce("imageTokens", 0) AS "imageTokens",
       coalesce("outputTokens", 0) AS "outputTokens", "reservedUsd" AS "maxReservedUsd"
  FROM "ModelCall";

CREATE TRIGGER "ModelCall_is_tallied" AFTER INSERT ON "ModelCall"
BEGIN
    INSERT INTO "CallTally"
    SELECT "labelRunId", "embedRunId", "day", "outcome", "calls", "made", "billed", "unpriced", "mended", "spentPico", "reservedPico", "promptTokens",
           "imageTokens", "outputTokens", "maxReservedUsd"
      FROM "CallShare" WHERE "callId" = NEW."id"
        ON CONFLICT DO UPDATE
       SET "calls" = "calls" + excluded."calls", "made" = "made" + excluded."made", "billed" = "billed" + excluded."billed",
           "unpriced" = "unpriced" + excluded."unpriced", "mended" = "mended" + excluded."mended",
           "spentPico" = "spentPico" + excluded."spentPico", "reservedPico" = "reservedPico" + excluded."reservedPico",
           "promptTokens" = "promptTokens" + excluded."promptTokens", "imageTokens" = "imageTokens" + excluded."imageTokens",
           "outputTokens" = "outputTokens" + excluded."outputTokens",
           "maxReservedUsd" = max("maxReservedUsd", excluded."maxReservedUsd");
END;
CREATE TRIGGER "ModelCall_is_tallied_as_it_is_now" AFTER UPDATE ON "ModelCall"
BEGIN
    INSERT INTO "CallTally"
    SELECT "labelRunId", "embedRunId", "day", "outcome", "calls", "made", "billed", "unpriced", "mended", "spentPico", "reservedPico", "promptTokens",
           "imageTokens", "outputTokens", "maxReservedUsd"
      FROM "CallShare" WHERE "callId" = NEW."id"
        ON CONFLICT DO UPDATE
       SET "calls" = "calls" + excluded."calls", "made" = "made" + excluded."made", "billed" = "billed" + excluded."billed",
           "unpriced" = "unpriced" + excluded."unpriced", "mended" = "mended" + excluded."mended",
           "spentPico" = "spentPico" + excluded."spentPico", "reservedPico" = "reservedPico" + excluded."reservedPico",
           "promptTokens" = "promptTokens" + excluded."promptTokens", "imageTokens" = "imageTokens" + excluded."imageTokens",
           "outputTokens" = "outputTokens" + excluded."outputTokens",
           "maxReservedUsd" = max("maxReservedUsd", excluded."maxReservedUsd");
END;

-- Before a call is changed or removed, its row still says what it had added. The table goes by its own name: SQLite does not find
-- the columns of an UPDATE's alias in a trigger when it renames a table, any of them, and no later migration could rebuild one.
CREATE TRIGGER "ModelCall_is_no_longer_tallied_as_it_was" BEFORE UPDATE ON "ModelCall"
BEGIN
    UPDATE "CallTally"
       SET "calls" = "CallTally"."calls" - s."calls",
           "made" = "CallTally"."made" - s."made",
           "billed" = "CallTally"."billed" - s."billed",
           "unpriced" = "CallTally"."unpriced" - s."unpriced",
           "mended" = "CallTally"."mended" - s."mended",
           "spentPico" = "CallTally"."spentPico" - s."spentPico",
           "reservedPico" = "CallTally"."reservedPico" - s."reservedPico",
           "promptTokens" = "CallTally"."promptTokens" - s."promptTokens",
           "imageTokens" = "CallTally"."imageTokens" - s."imageTokens",
           "outputTokens" = "CallTally"."outputTokens" - s."outputTokens"
      FROM "CallShare" s
     WHERE s."callId" = OLD."id" AND "CallTally"."labelRunId" = s."labelRunId" AND "CallTally"."embedRunId" = s."embedRunId"
       AND "CallTally"."day" = s."day"
       AND "CallTally"."outcome" = s."outcome";
END;
CREATE TRIGGER "ModelCall_is_no_longer_tallied" BEFORE DELETE ON "ModelCall"
BEGIN
    UPDATE "CallTally"
       SET "calls" = "CallTally"."calls" - s."calls",
           "made" = "CallTally"."made" - s."made",
           "billed" = "CallTally"."billed" - s."billed",
           "unpriced" = "CallTally"."unpriced" - s."unpriced",
           "mended" = "CallTally"."mended" - s."mended",
           "spentPico" = "CallTally"."spentPico" - s."spentPico",
           "reservedPico" = "CallTally"."reservedPico" - s."reservedPico",
           "promptTokens" = "CallTally"."promptTokens" - s."promptTokens",
           "imageTokens" = "CallTally"."imageTokens" - s."imageTokens",
           "outputTokens" = "CallTally"."outputTokens" - s."outputTokens"
      FROM "CallShare" s
     WHERE s."callId" = OLD."id" AND "CallTally"."labelRunId" = s."labelRunId" AND "CallTally"."embedRunId" = s."embedRunId"
       AND "CallTally"."day" = s."day"
       AND "CallTally"."outcome" = s."outcome";
END;

-- All that a count of missing and stale vectors asks: beside its vector a row fills a page of the file.
CREATE INDEX "ImageEmbedding_model_imageId_dimensions_etag_idx" ON "ImageEmbedding"("model", "imageId", "dimensions", "etag");
