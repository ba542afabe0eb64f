-- What a webhook was told of each alert, and how it goes with each address that is, or was, one.
ALTER TABLE "Alert" ADD COLUMN "told" TEXT NOT NULL DEFAULT 'nothing';
CREATE INDEX "Alert_told_closedBy_closedAt_idx" ON "Alert"("told", "closedBy", "closedAt");

CREATE TABLE "AlertWebhook" (
    "address" TEXT NOT NULL PRIMARY KEY,
    "host" TEXT NOT NULL,
    "greetedAt" DATETIME,
    "deliveredAt" DATETIME,
    "failedAt" DATETIME,
    "failure" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failingSince" DATETIME
);
