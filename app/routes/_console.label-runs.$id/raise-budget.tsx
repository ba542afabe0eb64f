import { Form } from "@remix-run/react";
import { useId } from "react";
import { useHasRole } from "~/components/operator";
import { Button } from "~/components/ui/forms/button";
import { rowControlClass } from "~/components/ui/forms/field";
import { useIsPending } from "~/components/ui/forms/intent-button";
import { dollars } from "~/features/format";
import type { LabelRunView } from "~/features/labeling/views/read-label-run.server";

type RaiseBudgetProps = { budgetUsd: number };

/** Whether another call fits into what the budget leaves. */
export const hasRoom = ({ totals }: Pick<LabelRunView, "totals">, budgetUsd: number): boolean =>
  totals.calls > 0 && totals.spentUsd + totals.reservedUsd + totals.maxCallUsd <= budgetUsd;

/** Gives a paused run a larger budget and lets it go on. */
export function RaiseBudget({ budgetUsd }: RaiseBudgetProps) {
  const id = useId();
  const canAct = useHasRole("operator");
  const isPending = useIsPending("raise-budget");
  if (!canAct) return null;
  return (
    <Form method="post" className="mt-3 flex flex-wrap items-end gap-2 border-t border-line pt-3">
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          New budget in US dollars
        </label>
        <input
          id={id}
          name="budgetUsd"
          inputMode="decimal"
          autoComplete="off"
          required
          pattern="[0-9]+([.][0-9]+)?"
          title="An amount in dollars, such as 0.50"
          placeholder={`more than ${dollars(budgetUsd).slice(1)}`}
          className={`${rowControlClass} w-48 tabular-nums`}
        />
      </div>
      <Button type="submit" name="intent" value="raise-budget" variant="primary" pending={isPending}>
        Raise budget and resume
      </Button>
    </Form>
  );
}
