-- An owner that was merged into another keeps its row: keys still begin with its id.
ALTER TABLE "Owner" ADD COLUMN "mergedIntoId" TEXT REFERENCES "Owner" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
