import type { ReactNode } from "react";
import { InPlaceForm } from "~/components/ui/forms/in-place-form";
import type { ActionTarget } from "./image-action";

type PlanFormProps = {
  intent: string;
  target: ActionTarget;
  /** The harmless way out: “Keep owners”. */
  keep: string;
  /** The verb that sends it. */
  submit: string;
  children: ReactNode;
};

/** What a dialog asks before it plans something for selected images. It leads to the plan. */
export const PlanForm = ({ intent, target, ...form }: PlanFormProps) => (
  <InPlaceForm action="/image-actions" fields={{ intent, selection: JSON.stringify(target.selection) }} {...form} />
);
