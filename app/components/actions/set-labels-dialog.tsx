import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import { FormDialog } from "~/components/ui/dialog";
import { Choice } from "~/components/ui/forms/choice";
import { attributeWords } from "~/features/attribute-words";
import type { ActionTarget } from "./image-action";
import { PlanForm } from "./plan-form";

type Listed = { name: string; values: string[] };

/** Asks how images are to be labeled. */
export function SetLabelsDialog({ target, onClose }: { target: ActionTarget; onClose(): void }) {
  const { load, data } = useFetcher<{ attributes: Listed[] }>();
  const [attribute, setAttribute] = useState<string | null>(null);
  const [isRemoving, setIsRemoving] = useState(false);
  useEffect(() => load("/schema-options"), [load]);
  const attributes = data?.attributes ?? [];
  const chosen = attributes.find(({ name }) => name === attribute) ?? attributes[0];
  return (
    <FormDialog
      title={`Label ${target.what}`}
      description="As your own label, over what is labeled now; former labels are kept. You see the plan first."
      onClose={onClose}
    >
      <PlanForm intent="set-labels" target={target} keep="Keep labels" submit="Plan the labels">
        <div className="flex flex-col gap-3">
          <Choice label="Attribute" name="attribute" required onChange={(event) => setAttribute(event.target.value)}>
            {attributes.map(({ name }) => (
              <option key={name} value={name}>
                {attributeWords(name)}
              </option>
            ))}
          </Choice>
          <Choice
            label="Value"
            key={chosen?.name}
            defaultValue=""
            required={!isRemoving}
            disabled={isRemoving}
            name="value"
          >
            <option value="">{data ? "Choose a value" : "Loading …"}</option>
            {chosen?.values.map((value) => (
              <option key={value}>{value}</option>
            ))}
          </Choice>
          <label className="flex items-center gap-2 text-sm max-sm:min-h-11">
            <input
              type="checkbox"
              checked={isRemoving}
              onChange={(event) => setIsRemoving(event.target.checked)}
              className="accent-accent-fill"
            />
            Remove the label instead
          </label>
        </div>
      </PlanForm>
    </FormDialog>
  );
}
