import { useFetcher } from "@remix-run/react";
import { useEffect, useId } from "react";
import { FormDialog } from "~/components/ui/dialog";
import { Choice } from "~/components/ui/forms/choice";
import { controlClass } from "~/components/ui/forms/field";
import type { ActionTarget } from "./image-action";
import { PlanForm } from "./plan-form";

type Option = { id: number | null; label: string };

/** Asks which prompt a model is to be asked about images, and for how much at most. */
export function LabelDialog({ target, onClose }: { target: ActionTarget; onClose(): void }) {
  const { load, data } = useFetcher<{ prompts: Option[] }>();
  const budget = useId();
  useEffect(() => load("/label-run-options"), [load]);
  return (
    <FormDialog
      title={`Label ${target.what}`}
      description="A model is asked about them one by one. You see the plan and its cost first, and nothing is accepted automatically."
      onClose={onClose}
    >
      <PlanForm intent="label-run" target={target} keep="Don’t label" submit="Plan label run">
        <div className="flex flex-col gap-3">
          <Choice label="Prompt" name="prompt">
            {data ? (
              data.prompts.map(({ id, label }) => (
                <option key={id} value={id ?? ""}>
                  {label}
                </option>
              ))
            ) : (
              <option value="">Loading …</option>
            )}
          </Choice>
          <div className="flex flex-col gap-1">
            <label htmlFor={budget} className="text-sm font-medium">
              Budget in US dollars
            </label>
            <input
              id={budget}
              name="budgetUsd"
              inputMode="decimal"
              autoComplete="off"
              required
              defaultValue="0.50"
              className={`${controlClass} max-w-40 tabular-nums`}
            />
          </div>
          <label className="flex items-start gap-2 text-sm max-sm:min-h-11">
            <input type="checkbox" name="again" value="yes" className="mt-0.75 accent-accent-fill" />
            <span>
              Ask again about images that this prompt has labeled
              <span className="block text-muted">
                Otherwise they are left out, and so is what the model refused: nothing is paid for twice.
              </span>
            </span>
          </label>
        </div>
      </PlanForm>
    </FormDialog>
  );
}
