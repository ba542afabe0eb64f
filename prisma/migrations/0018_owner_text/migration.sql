-- Owners by the words of their names, whatever their case and accents: LIKE knows that of ASCII letters only. The id stands in
-- it, since rows of a table with a text for a key may be numbered otherwise after a VACUUM.
CREATE VIRTUAL TABLE "OwnerText" USING fts5("ownerId" UNINDEXED, "name", tokenize='unicode61 remove_diacritics 2');
INSERT INTO "OwnerText" ("ownerId", "name") SELECT "id", "name" FROM "Owner";

CREATE TRIGGER "Owner_name_is_indexed" AFTER INSERT ON "Owner"
BEGIN
    INSERT INTO "OwnerText" ("ownerId", "name") VALUES (NEW."id", NEW."name");
END;
CREATE TRIGGER "Owner_new_name_is_indexed" AFTER UPDATE OF "id", "name" ON "Owner"
BEGIN
    UPDATE "OwnerText" SET "ownerId" = NEW."id", "name" = NEW."name" WHERE "ownerId" = OLD."id";
END;
CREATE TRIGGER "Owner_name_is_no_longer_indexed" AFTER DELETE ON "Owner"
BEGIN
    DELETE FROM "OwnerText" WHERE "ownerId" = OLD."id";
END;
