-- CreateTable
CREATE TABLE "Generation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "imageId" INTEGER,
    "prompt" TEXT NOT NULL,
    "model" TEXT,
    "mode" TEXT,
    "finishReason" TEXT,
    "createdAt" DATETIME NOT NULL,
    "references" TEXT NOT NULL,
    "told" TEXT,
    "record" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    CONSTRAINT "Generation_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ExternalReference" (
    "generationId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "url" TEXT,
    "payloadHash" TEXT,
    "lastError" TEXT NOT NULL,

    PRIMARY KEY ("generationId", "position"),
    CONSTRAINT "ExternalReference_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "GenerationImport" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "stagedAt" DATETIME NOT NULL,
    "jobRunId" INTEGER
);

-- CreateTable
CREATE TABLE "GenerationLine" (
    "importId" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "generationId" TEXT,
    "record" TEXT,
    "hash" TEXT,
    "problem" TEXT,

    PRIMARY KEY ("importId", "line"),
    CONSTRAINT "GenerationLine_importId_fkey" FOREIGN KEY ("importId") REFERENCES "GenerationImport" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Generation_imageId_idx" ON "Generation"("imageId");

-- CreateIndex
CREATE INDEX "Generation_told_idx" ON "Generation"("told");

-- CreateIndex
CREATE INDEX "GenerationLine_importId_generationId_line_idx" ON "GenerationLine"("importId", "generationId", "line");

-- CreateIndex
CREATE INDEX "Image_sha256_idx" ON "Image"("sha256");
