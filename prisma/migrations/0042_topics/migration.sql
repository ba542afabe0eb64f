-- The folder that each topic of an owner was given.
CREATE TABLE "Topic" (
    "ownerId" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("ownerId", "topic")
);
CREATE UNIQUE INDEX "Topic_ownerId_slug_key" ON "Topic"("ownerId", "slug");
