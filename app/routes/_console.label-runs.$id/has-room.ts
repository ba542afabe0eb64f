import type { LabelRunView } from "~/features/labeling/views/read-label-run.server";

/** Whether another call fits into what the budget leaves. */
export const hasRoom = ({ totals }: Pick<LabelRunView, "totals">, budgetUsd: number): boolean =>
  totals.calls > 0 && totals.spentUsd + totals.reservedUsd + totals.maxCallUsd <= budgetUsd;
