import type { SetHandler } from "~/features/job-runs/kinds/handler";
import type { LabelImport } from "./import-labels";
import { planLabels } from "./plan-labels.server";
import { findLabelConflicts, restoreLabels, writeImported } from "./write-imported.sql.server";

export const importLabelsHandler: SetHandler<LabelImport> = {
  planSet: (ports, context, size) => planLabels(ports, context, size),

  applyChunk: (tx, range) => writeImported(tx, range),

  undo: {
    findConflicts: ({ db }, range, { sample }) => findLabelConflicts(db, range, sample),
    undoChunk: (tx, range) => restoreLabels(tx, range),
  },
};
