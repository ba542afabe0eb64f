-- AlterTable
ALTER TABLE "JobChunk" ADD COLUMN "outcome" TEXT;
