-- AlterTable
ALTER TABLE "LabelRun" ADD COLUMN "reviewRev" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Proposal" ADD COLUMN "decisionId" INTEGER;

-- CreateTable
CREATE TABLE "Decision" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "labelRunId" INTEGER NOT NULL,
    "decision" TEXT NOT NULL,
    "filter" TEXT,
    "proposalId" INTEGER,
    "formerId" INTEGER,
    "overRev" INTEGER,
    "proposals" INTEGER NOT NULL,
    "actor" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME,
    CONSTRAINT "Decision_labelRunId_fkey" FOREIGN KEY ("labelRunId") REFERENCES "LabelRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Decision_labelRunId_actor_undoneAt_id_idx" ON "Decision"("labelRunId", "actor", "undoneAt", "id");
