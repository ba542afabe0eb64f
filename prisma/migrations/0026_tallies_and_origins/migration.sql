-- The words of the full-text index in their order, each with the images that have it (fts5vocab): they come one by one, where
-- MATCH reads all images that the beginning of a word finds before it says the first.
CREATE VIRTUAL TABLE "ImageTerm" USING fts5vocab('ImageText', 'instance');

-- How many images of each 1,024 ids have a label, so that those without are looked for only where some are.
CREATE TABLE "LabelTally" (
    "attribute" TEXT NOT NULL,
    "block" INTEGER NOT NULL,
    "labels" INTEGER NOT NULL,

    PRIMARY KEY ("attribute", "block")
);
INSERT INTO "LabelTally" ("attribute", "block", "labels")
SELECT "attribute", "imageId" / 1024, count(*) FROM "Label" GROUP BY 1, 2;

CREATE TRIGGER "Label_is_tallied" AFTER INSERT ON "Label"
BEGIN
    INSERT INTO "LabelTally" ("attribute", "block", "labels") VALUES (NEW."attribute", NEW."imageId" / 1024, 1)
        ON CONFLICT DO UPDATE SET "labels" = "labels" + 1;
END;
-- A label keeps its image and attribute for good (Label_changes_over_its_history).
CREATE TRIGGER "Label_is_no_longer_tallied" AFTER DELETE ON "Label"
BEGIN
    UPDATE "LabelTally" SET "labels" = "labels" - 1 WHERE "attribute" = OLD."attribute" AND "block" = OLD."imageId" / 1024;
END;

-- The item of an import by which a record's image got its owner.
ALTER TABLE "Generation" ADD COLUMN "runId" INTEGER;
ALTER TABLE "Generation" ADD COLUMN "seq" INTEGER;
