import type { SetHandler } from "~/features/job-runs/kinds/handler";
import { labelUndo } from "~/features/labels/undo-labels.sql.server";
import type { LabelImport } from "./import-labels";
import { planLabels } from "./plan-labels.server";
import { writeImported } from "./write-imported.sql.server";

export const importLabelsHandler: SetHandler<LabelImport> = {
  planSet: (ports, context, size) => planLabels(ports, context, size),
  applyChunk: writeImported,
  undo: labelUndo,
};
