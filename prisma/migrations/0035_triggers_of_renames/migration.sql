-- The same two triggers, their table by its own name: SQLite does not find the columns of an UPDATE's alias in a trigger when it
-- renames a table or a column, any of them, so no migration could rebuild a table any more.
DROP TRIGGER "ModelCall_is_no_longer_tallied_as_it_was";
DROP TRIGGER "ModelCall_is_no_longer_tallied";
-- Before a call is changed or removed, its row still says what it had added.
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
