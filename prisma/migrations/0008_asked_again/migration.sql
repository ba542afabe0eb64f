-- Calls of before the response was kept ("rawResponse" is null) were "refused" whatever the model stopped for. Only the
-- reasons below are its last word on a picture (app/ports/model-reasons.ts); what stopped for any other is asked again.
-- The code is in brackets at the end of the reason, or follows "it says ".
UPDATE "ModelCall" SET "outcome" = 'unanswered'
 WHERE "outcome" = 'refused' AND "rawResponse" IS NULL AND "reason" IS NOT NULL
   AND NOT EXISTS (
     SELECT 1 FROM (
       VALUES ('SAFETY'), ('IMAGE_SAFETY'), ('PROHIBITED_CONTENT'), ('IMAGE_PROHIBITED_CONTENT'), ('RECITATION'),
              ('IMAGE_RECITATION'), ('BLOCKLIST'), ('SPII'), ('MODEL_ARMOR'), ('JAILBREAK')) AS "final"
      WHERE "reason" = 'it says ' || "column1"
         OR substr("reason", -length("column1") - 2) = '(' || "column1" || ')');
