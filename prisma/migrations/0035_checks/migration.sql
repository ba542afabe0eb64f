-- One measurement of a check, with what it concluded.
CREATE TABLE "Check" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "verdict" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "value" REAL,
    "sentence" TEXT NOT NULL,
    "reading" TEXT,
    "alerts" TEXT NOT NULL
);

CREATE INDEX "Check_name_id_idx" ON "Check"("name", "id");

-- When what a run waits for is over by itself, of one that paused itself: a quota of a day is renewed.
ALTER TABLE "JobRun" ADD COLUMN "pausedUntil" DATETIME;
