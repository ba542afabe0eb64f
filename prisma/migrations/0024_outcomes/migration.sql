-- What the API itself called the reason of an answer that is no label, and what it said of it: for views of refusals.
ALTER TABLE "ModelCall" ADD COLUMN "reasonCode" TEXT;
ALTER TABLE "ModelCall" ADD COLUMN "finishMessage" TEXT;
UPDATE "ModelCall" SET
  "reasonCode" = coalesce(json_extract("rawResponse", '$.promptFeedback.blockReason'),
                          json_extract("rawResponse", '$.candidates[0].finishReason')),
  "finishMessage" = coalesce(json_extract("rawResponse", '$.promptFeedback.blockReasonMessage'),
                             json_extract("rawResponse", '$.candidates[0].finishMessage'))
 WHERE "outcome" IN ('refused', 'unanswered') AND json_valid("rawResponse");

-- The last calls of a run that ended, and all of them over time, without reading the calls themselves.
CREATE INDEX "ModelCall_labelRunId_finishedAt_outcome_imageId_idx" ON "ModelCall"("labelRunId", "finishedAt", "outcome", "imageId");
