-- Runs that have a model draw pictures, and their calls. These are about no image yet, so they cannot stand among ModelCall's, and that
-- table is not rebuilt: there may be a million calls with their responses. Quotas and the dollars of a month count both.
CREATE TABLE "DrawRun" (
    "jobRunId" INTEGER NOT NULL PRIMARY KEY,
    "model" TEXT NOT NULL,
    "textTokens" INTEGER,
    "quoteUsd" REAL,
    "mostUsd" REAL,
    "budgetUsd" REAL NOT NULL,
    "mark" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "DrawRun_jobRunId_fkey" FOREIGN KEY ("jobRunId") REFERENCES "JobRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DrawCall" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "drawRunId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "mark" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "reservedUsd" REAL NOT NULL,
    "expectedTokens" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "reasonCode" TEXT,
    "said" TEXT,
    "rawResponse" TEXT,
    "modelVersion" TEXT,
    "promptTokens" INTEGER,
    "imageTokens" INTEGER,
    "cachedTokens" INTEGER,
    "outputTokens" INTEGER,
    "thoughtTokens" INTEGER,
    "pictureTokens" INTEGER,
    "usd" REAL,
    "createdAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    CONSTRAINT "DrawCall_drawRunId_fkey" FOREIGN KEY ("drawRunId") REFERENCES "DrawRun" ("jobRunId") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "DrawCall_mark_key" ON "DrawCall"("mark");

-- CreateIndex
CREATE INDEX "DrawCall_drawRunId_seq_idx" ON "DrawCall"("drawRunId", "seq");

-- CreateIndex
CREATE INDEX "DrawCall_model_createdAt_idx" ON "DrawCall"("model", "createdAt");

-- CreateIndex
CREATE INDEX "DrawCall_createdAt_usd_reservedUsd_idx" ON "DrawCall"("createdAt", "usd", "reservedUsd");
