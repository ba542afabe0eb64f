-- AlterTable
ALTER TABLE "JobRun" DROP COLUMN "alikeFrom";
ALTER TABLE "JobRun" ADD COLUMN "failedAlike" TEXT;
