-- REPLACE removes the row that is in its way without asking the triggers that refuse to remove one. So a row is refused where it
-- would take the place of another, by its key or by SQLite's own number of rows, which has three names.
CREATE TRIGGER "AuditEvent_refuses_replace" BEFORE INSERT ON "AuditEvent"
WHEN EXISTS (SELECT 1 FROM "AuditEvent" WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a row cannot be replaced.'); END;

CREATE TRIGGER "LabelHistory_refuses_replace" BEFORE INSERT ON "LabelHistory"
WHEN EXISTS (SELECT 1 FROM "LabelHistory" WHERE rowid = NEW.rowid)
  OR EXISTS (
    SELECT 1 FROM "LabelHistory" WHERE "imageId" = NEW."imageId" AND "attribute" = NEW."attribute" AND "rev" = NEW."rev")
BEGIN SELECT RAISE(ABORT, 'LabelHistory is append-only: its rows cannot be replaced.'); END;
CREATE TRIGGER "LabelHistory_refuses_renumber" BEFORE UPDATE OF rowid, oid, _rowid_ ON "LabelHistory"
BEGIN SELECT RAISE(ABORT, 'LabelHistory is append-only: its rows cannot be replaced.'); END;

-- A label that is there may be written again, by ON CONFLICT, once its history has it.
CREATE TRIGGER "Label_is_replaced_over_its_history" BEFORE INSERT ON "Label"
WHEN EXISTS (SELECT 1 FROM "Label" WHERE rowid = NEW.rowid)
  OR EXISTS (
    SELECT 1 FROM "Label" l WHERE l."imageId" = NEW."imageId" AND l."attribute" = NEW."attribute" AND NOT EXISTS (
      SELECT 1 FROM "LabelHistory" h
       WHERE h."imageId" = l."imageId" AND h."attribute" = l."attribute" AND h."rev" = l."rev"))
BEGIN SELECT RAISE(ABORT, 'A label is replaced over its history only: keep the former one in LabelHistory first.'); END;
CREATE TRIGGER "Label_refuses_renumber" BEFORE UPDATE OF rowid, oid, _rowid_ ON "Label"
BEGIN SELECT RAISE(ABORT, 'A label is replaced over its history only: keep the former one in LabelHistory first.'); END;

-- The same content again is no new version (ON CONFLICT DO NOTHING says so, REPLACE does not).
CREATE TRIGGER "PromptVersion_is_kept_once" BEFORE INSERT ON "PromptVersion"
WHEN EXISTS (SELECT 1 FROM "PromptVersion" WHERE "hash" = NEW."hash")
BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER "PromptVersion_refuses_replace" BEFORE INSERT ON "PromptVersion"
WHEN EXISTS (SELECT 1 FROM "PromptVersion" WHERE "id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "PromptVersion" WHERE "name" = NEW."name" AND "version" = NEW."version")
BEGIN SELECT RAISE(ABORT, 'A prompt version never changes: save another one.'); END;
