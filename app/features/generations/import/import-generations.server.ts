import type { z } from "zod";
import type { SetHandler } from "~/features/job-runs/kinds/handler";
import type { importGenerations } from "./import-generations";
import { planImport } from "./plan-import.server";
import { findGenerationConflicts, writeGenerations } from "./write-generations.sql.server";

export const importGenerationsHandler: SetHandler<z.infer<typeof importGenerations.payload>> = {
  planSet: ({ db }, context, size) => planImport(db, context, size),

  applyChunk: (tx, range) => writeGenerations(tx, range, "the plan was made"),

  undo: {
    findConflicts: ({ db }, range, { sample }) => findGenerationConflicts(db, range, sample),
    undoChunk: (tx, range) => writeGenerations(tx, range, "the run"),
  },
};
