-- DropIndex
DROP INDEX "JobItem_runId_outcome_errorClass_idx";

-- AlterTable
ALTER TABLE "JobItem" ADD COLUMN "target" TEXT;

-- AlterTable
ALTER TABLE "JobRun" ADD COLUMN "itemsRemovedAt" DATETIME;
ALTER TABLE "JobRun" ADD COLUMN "scheduleId" TEXT;
ALTER TABLE "JobRun" ADD COLUMN "slot" DATETIME;

-- CreateTable
CREATE TABLE "Schedule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "lastSlot" DATETIME NOT NULL,
    "missed" INTEGER NOT NULL DEFAULT 0,
    "missedSince" DATETIME,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "sentence" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "AuditEvent_subject_id_idx" ON "AuditEvent"("subject", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_action_id_idx" ON "AuditEvent"("action", "id");

-- CreateIndex
CREATE INDEX "JobItem_runId_outcome_errorClass_seq_idx" ON "JobItem"("runId", "outcome", "errorClass", "seq");

-- CreateIndex
CREATE INDEX "JobRun_undoOfId_idx" ON "JobRun"("undoOfId");

-- CreateIndex
CREATE UNIQUE INDEX "JobRun_scheduleId_slot_key" ON "JobRun"("scheduleId", "slot");


-- The audit log is append-only, whoever opens the file.
CREATE TRIGGER "AuditEvent_refuses_update" BEFORE UPDATE ON "AuditEvent"
BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a row cannot be changed.'); END;

CREATE TRIGGER "AuditEvent_refuses_delete" BEFORE DELETE ON "AuditEvent"
BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a row cannot be removed.'); END;
