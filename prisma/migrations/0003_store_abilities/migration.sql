-- CreateTable
CREATE TABLE "StoreAbilities" (
    "endpoint" TEXT NOT NULL,
    "bucket" TEXT NOT NULL,
    "abilities" TEXT,
    "probedAt" DATETIME,
    "staleReason" TEXT,
    "failure" TEXT,
    "failedAt" DATETIME,

    PRIMARY KEY ("endpoint", "bucket")
);
