-- Who saved a prompt version.
ALTER TABLE "PromptVersion" ADD COLUMN "createdBy" TEXT;
ALTER TABLE "PromptVersion" ADD COLUMN "createdByName" TEXT;

-- A call may also try a prompt version on one image: it then belongs to no label run, but its dollars count as all others do.
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_ModelCall" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "labelRunId" INTEGER,
    "promptVersionId" INTEGER,
    "imageId" INTEGER NOT NULL,
    "requestHash" TEXT NOT NULL,
    "model" TEXT,
    "reservedUsd" REAL NOT NULL,
    "expectedTokens" INTEGER,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "reasonCode" TEXT,
    "finishMessage" TEXT,
    "answer" TEXT,
    "rawResponse" TEXT,
    "mended" TEXT,
    "modelVersion" TEXT,
    "promptTokens" INTEGER,
    "imageTokens" INTEGER,
    "cachedTokens" INTEGER,
    "outputTokens" INTEGER,
    "thoughtTokens" INTEGER,
    "isTakenOver" BOOLEAN NOT NULL DEFAULT false,
    "usd" REAL,
    "createdAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    CONSTRAINT "ModelCall_labelRunId_fkey" FOREIGN KEY ("labelRunId") REFERENCES "LabelRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ModelCall_promptVersionId_fkey" FOREIGN KEY ("promptVersionId") REFERENCES "PromptVersion" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ModelCall_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_ModelCall" ("id", "labelRunId", "imageId", "requestHash", "model", "reservedUsd", "expectedTokens", "outcome", "reason", "reasonCode", "finishMessage", "answer", "rawResponse", "mended", "modelVersion", "promptTokens", "imageTokens", "cachedTokens", "outputTokens", "thoughtTokens", "isTakenOver", "usd", "createdAt", "finishedAt")
SELECT "id", "labelRunId", "imageId", "requestHash", "model", "reservedUsd", "expectedTokens", "outcome", "reason", "reasonCode", "finishMessage", "answer", "rawResponse", "mended", "modelVersion", "promptTokens", "imageTokens", "cachedTokens", "outputTokens", "thoughtTokens", "isTakenOver", "usd", "createdAt", "finishedAt" FROM "ModelCall";
DROP TABLE "ModelCall";
ALTER TABLE "new_ModelCall" RENAME TO "ModelCall";
CREATE INDEX "ModelCall_labelRunId_imageId_idx" ON "ModelCall"("labelRunId", "imageId");
CREATE INDEX "ModelCall_requestHash_idx" ON "ModelCall"("requestHash");
CREATE INDEX "ModelCall_model_createdAt_idx" ON "ModelCall"("model", "createdAt");
CREATE INDEX "ModelCall_labelRunId_finishedAt_outcome_imageId_idx" ON "ModelCall"("labelRunId", "finishedAt", "outcome", "imageId");
CREATE INDEX "ModelCall_promptVersionId_imageId_idx" ON "ModelCall"("promptVersionId", "imageId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
