-- The model that was asked, what its thoughts took, and how many input tokens were expected: for quotas and quotes. An answer
-- taken over from another run says so itself, since a model of unknown price reserves 0 as well.
ALTER TABLE "ModelCall" ADD COLUMN "model" TEXT;
ALTER TABLE "ModelCall" ADD COLUMN "expectedTokens" INTEGER;
ALTER TABLE "ModelCall" ADD COLUMN "thoughtTokens" INTEGER;
ALTER TABLE "ModelCall" ADD COLUMN "isTakenOver" BOOLEAN NOT NULL DEFAULT false;
UPDATE "ModelCall" SET "isTakenOver" = true WHERE "reservedUsd" = 0 AND "outcome" = 'labelled';
UPDATE "ModelCall" SET "model" = (
  SELECT json_extract(p."settings", '$.model') FROM "LabelRun" r JOIN "PromptVersion" p ON p."id" = r."promptVersionId"
   WHERE r."id" = "ModelCall"."labelRunId");
CREATE INDEX "ModelCall_model_createdAt_idx" ON "ModelCall"("model", "createdAt");

-- What a label run was expected to take, beside its dollars in quoteUsd.
ALTER TABLE "LabelRun" ADD COLUMN "quote" TEXT;

-- What is known of a model's quotas from its own answers, for all workers together.
CREATE TABLE "ModelQuota" (
    "model" TEXT NOT NULL PRIMARY KEY,
    "requestsPerMinute" INTEGER,
    "tokensPerMinute" INTEGER,
    "heldFrom" DATETIME,
    "heldUntil" DATETIME,
    "holdReason" TEXT,
    "holds" INTEGER NOT NULL DEFAULT 0
);
