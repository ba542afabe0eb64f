-- "rawResponse" held the text of an answer (or, without one, what the SDK made of the response). That is "answer" now;
-- "rawResponse" holds the response's body as it came, and is null for the calls before.
ALTER TABLE "ModelCall" RENAME COLUMN "rawResponse" TO "answer";
ALTER TABLE "ModelCall" ADD COLUMN "rawResponse" TEXT;
ALTER TABLE "ModelCall" ADD COLUMN "mended" TEXT;
ALTER TABLE "ModelCall" ADD COLUMN "modelVersion" TEXT;
ALTER TABLE "ModelCall" ADD COLUMN "cachedTokens" INTEGER;
-- Dollars that cannot be true (a response told a negative count of tokens) are not known: what was reserved counts.
UPDATE "ModelCall" SET "usd" = NULL, "promptTokens" = NULL, "imageTokens" = NULL, "outputTokens" = NULL
 WHERE "usd" < 0 OR ("usd" > 2 * "reservedUsd" AND "reservedUsd" > 0);
