-- AlterTable
ALTER TABLE "JobRun" ADD COLUMN "alikeFrom" DATETIME;
ALTER TABLE "JobRun" ADD COLUMN "alikeLimit" INTEGER;
ALTER TABLE "JobRun" ADD COLUMN "pauseReason" TEXT;

-- AlterTable
ALTER TABLE "JobChunk" ADD COLUMN "dueAt" DATETIME NOT NULL DEFAULT 0;
ALTER TABLE "JobChunk" ADD COLUMN "parked" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "JobChunk" ADD COLUMN "waitingFor" TEXT;
ALTER TABLE "JobChunk" ADD COLUMN "waitingSince" DATETIME;

-- AlterTable
ALTER TABLE "JobItem" ADD COLUMN "parkedUntil" DATETIME;

-- DropIndex
DROP INDEX "JobChunk_status_runId_seq_idx";

-- CreateIndex
CREATE INDEX "JobChunk_status_runId_dueAt_seq_idx" ON "JobChunk"("status", "runId", "dueAt", "seq");
