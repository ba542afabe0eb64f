-- AlterTable
ALTER TABLE "ObjectMove" ADD COLUMN "toBefore" TEXT;
ALTER TABLE "ObjectMove" ADD COLUMN "fromVersion" TEXT;
ALTER TABLE "ObjectMove" ADD COLUMN "lost" TEXT;
