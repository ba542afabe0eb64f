-- What the model calls of a label run (0: of none) came to, by the day of each in UTC and by how it ended: every page of a run
-- and every call before it is made asks for it. Dollars are whole 1e-12ths, so that adding and taking off leaves no remainder.
CREATE TABLE "CallTally" (
    "labelRunId" INTEGER NOT NULL,
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

    PRIMARY KEY ("labelRunId", "day", "outcome")
);

-- What one call adds to its tally.
CREATE VIEW "CallShare" AS
SELECT "id" AS "callId", coalesce("labelRunId", 0) AS "labelRunId", "createdAt" / 86400000 AS "day", "outcome", 1 AS "calls",
       "isTakenOver" = 0 AS "made", "outputTokens" IS NOT NULL AS "billed",
       "usd" IS NULL AND "finishedAt" IS NOT NULL AS "unpriced", "mended" IS NOT NULL AS "mended",
       CAST(round(coalesce("usd", 0) * 1e12) AS INTEGER) AS "spentPico",
       CASE WHEN "usd" IS NULL THEN CAST(round("reservedUsd" * 1e12) AS INTEGER) ELSE 0 END AS "reservedPico",
       coalesce("promptTokens", 0) AS "promptTokens", coalesce("imageTokens", 0) AS "imageTokens",
       coalesce("outputTokens", 0) AS "outputTokens", "reservedUsd" AS "maxReservedUsd"
  FROM "ModelCall";

INSERT INTO "CallTally"
SELECT "labelRunId", "day", "outcome", sum("calls"), sum("made"), sum("billed"), sum("unpriced"), sum("mended"), sum("spentPico"),
       sum("reservedPico"), sum("promptTokens"), sum("imageTokens"), sum("outputTokens"), max("maxReservedUsd")
  FROM "CallShare" GROUP BY 1, 2, 3;

CREATE TRIGGER "ModelCall_is_tallied" AFTER INSERT ON "ModelCall"
BEGIN
    INSERT INTO "CallTally"
    SELECT "labelRunId", "day", "outcome", "calls", "made", "billed", "unpriced", "mended", "spentPico", "reservedPico", "promptTokens",
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
    SELECT "labelRunId", "day", "outcome", "calls", "made", "billed", "unpriced", "mended", "spentPico", "reservedPico", "promptTokens",
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
     WHERE s."callId" = OLD."id" AND "CallTally"."labelRunId" = s."labelRunId" AND "CallTally"."day" = s."day"
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
     WHERE s."callId" = OLD."id" AND "CallTally"."labelRunId" = s."labelRunId" AND "CallTally"."day" = s."day"
       AND "CallTally"."outcome" = s."outcome";
END;
