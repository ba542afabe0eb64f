-- A park is believed only if it was not made later than now: a clock that was ahead once leaves no item waiting for years.
ALTER TABLE "JobChunk" ADD COLUMN "parkedAt" DATETIME;

-- What the clock said when a worker last looked.
CREATE TABLE "ClockMark" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL
);
