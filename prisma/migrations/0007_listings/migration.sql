-- AlterTable
ALTER TABLE "Image" ADD COLUMN "archivedAs" TEXT;
ALTER TABLE "Image" ADD COLUMN "storageClass" TEXT;
