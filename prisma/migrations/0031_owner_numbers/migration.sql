-- The words of an owner are found by a number. By the ID, which the full-text table has no index on, each new name and each owner
-- that goes had the words of all owners read.
CREATE TABLE "OwnerNumber" (
    "number" INTEGER NOT NULL PRIMARY KEY,
    "ownerId" TEXT NOT NULL UNIQUE
);
INSERT INTO "OwnerNumber" ("number", "ownerId") SELECT "rowid", "ownerId" FROM "OwnerText";

DROP TRIGGER "Owner_name_is_indexed";
DROP TRIGGER "Owner_new_name_is_indexed";
DROP TRIGGER "Owner_name_is_no_longer_indexed";

CREATE TRIGGER "Owner_name_is_indexed" AFTER INSERT ON "Owner"
BEGIN
    INSERT INTO "OwnerNumber" ("ownerId") VALUES (NEW."id");
    INSERT INTO "OwnerText" ("rowid", "ownerId", "name")
    SELECT "number", NEW."id", NEW."name" FROM "OwnerNumber" WHERE "ownerId" = NEW."id";
END;
CREATE TRIGGER "Owner_new_name_is_indexed" AFTER UPDATE OF "id", "name" ON "Owner"
BEGIN
    UPDATE "OwnerNumber" SET "ownerId" = NEW."id" WHERE "ownerId" = OLD."id" AND NEW."id" <> OLD."id";
    UPDATE "OwnerText" SET "ownerId" = NEW."id", "name" = NEW."name"
     WHERE "rowid" = (SELECT "number" FROM "OwnerNumber" WHERE "ownerId" = NEW."id");
END;
CREATE TRIGGER "Owner_name_is_no_longer_indexed" AFTER DELETE ON "Owner"
BEGIN
    DELETE FROM "OwnerText" WHERE "rowid" = (SELECT "number" FROM "OwnerNumber" WHERE "ownerId" = OLD."id");
    DELETE FROM "OwnerNumber" WHERE "ownerId" = OLD."id";
END;

-- The database looks for owners that were merged into one that goes.
CREATE INDEX "Owner_mergedIntoId_idx" ON "Owner"("mergedIntoId");
