-- Which Google account an operator is, why they were let in, and which organization managed the account when it last signed in.
-- All three are unknown of today's operators until their next sign-in.
ALTER TABLE "Operator" ADD COLUMN "sub" TEXT;
ALTER TABLE "Operator" ADD COLUMN "letInBy" TEXT;
ALTER TABLE "Operator" ADD COLUMN "organization" TEXT;

-- A session counts only while its account is still the operator's.
ALTER TABLE "Session" ADD COLUMN "sub" TEXT;

-- An address belongs to one operator at a time: one who was removed keeps it in their history, and someone else may have it by now.
DROP INDEX "Operator_email_key";
CREATE UNIQUE INDEX "Operator_present_email_key" ON "Operator" (CASE WHEN "removedAt" IS NULL THEN "email" END);
CREATE UNIQUE INDEX "Operator_present_sub_key" ON "Operator" (CASE WHEN "removedAt" IS NULL THEN "sub" END);
