-- Programs that may ask below /api, each by tokens of its own, and when each token was last shown.
CREATE TABLE "ApiToken" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "client" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "ending" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdBy" TEXT NOT NULL,
    "endsAt" DATETIME
);
CREATE UNIQUE INDEX "ApiToken_hash_key" ON "ApiToken"("hash");

CREATE TABLE "ApiTokenUse" (
    "token" TEXT NOT NULL PRIMARY KEY,
    "usedAt" DATETIME NOT NULL
);
