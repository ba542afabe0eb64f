import { useId } from "react";
import { FormDialog } from "~/components/ui/dialog";
import { controlClass } from "~/components/ui/forms/field";
import type { ActionTarget } from "./image-action";
import { PlanForm } from "./plan-form";

/** Asks for how much at most a model is to make the vectors by which images are found. */
export function EmbedDialog({ target, onClose }: { target: ActionTarget; onClose(): void }) {
  const budget = useId();
  return (
    <FormDialog
      title={`Embed ${target.what}`}
      description="A model makes a vector of each, by which images are found by words and by likeness. Those that have one already are left out. You see the plan and its cost first."
      onClose={onClose}
    >
      <PlanForm intent="embed-images" target={target} keep="Don’t embed" submit="Plan embedding">
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
      </PlanForm>
    </FormDialog>
  );
}
