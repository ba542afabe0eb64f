-- Calls that make a vector of words that are searched, and what they found, so that the same words are paid once.
CREATE TABLE "SearchEmbedding" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "model" TEXT NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "vector" BLOB,
    "reservedUsd" REAL NOT NULL,
    "usd" REAL,
    "createdAt" DATETIME NOT NULL,
    "finishedAt" DATETIME
);

-- CreateIndex
CREATE INDEX "SearchEmbedding_model_hash_idx" ON "SearchEmbedding"("model", "hash");

-- CreateIndex
CREATE INDEX "SearchEmbedding_createdAt_usd_reservedUsd_idx" ON "SearchEmbedding"("createdAt", "usd", "reservedUsd");
