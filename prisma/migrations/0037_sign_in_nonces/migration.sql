-- What web processes that serve side by side must know of each other: sign-ins that came back, and requests that a limit counts.
CREATE TABLE "SignInNonce" (
    "nonce" TEXT NOT NULL PRIMARY KEY,
    "expiresAt" DATETIME NOT NULL
);
CREATE INDEX "SignInNonce_expiresAt_idx" ON "SignInNonce"("expiresAt");

CREATE TABLE "RequestCount" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "requests" INTEGER NOT NULL,
    "endsAt" DATETIME NOT NULL
);
CREATE INDEX "RequestCount_endsAt_idx" ON "RequestCount"("endsAt");
