-- Where the pictures of a run change its base image. It lies with the run, so that each picture and each retry has it.
CREATE TABLE "DrawMask" (
    "jobRunId" INTEGER NOT NULL PRIMARY KEY,
    "png" BLOB NOT NULL,
    "sha256" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "paintedPixels" INTEGER NOT NULL,
    CONSTRAINT "DrawMask_jobRunId_fkey" FOREIGN KEY ("jobRunId") REFERENCES "DrawRun" ("jobRunId") ON DELETE RESTRICT ON UPDATE CASCADE
);
