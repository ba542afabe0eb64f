import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { actOnSelection } from "~/features/attribute-groups/actions/act-on-selection.server";
import { conversionFormats } from "~/features/conversion/conversion-format";
import { startConversion } from "~/features/conversion/start-conversion.server";
import { requireBudget } from "~/features/labeling/budget/budget";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { startSetLabels } from "~/features/labels/set/start-set-labels.server";
import { startReassignment } from "~/features/owners/reassign/start-reassignment.server";
import { startThumbnailsOf } from "~/features/thumbnails/start-thumbnails.server";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { promptField } from "~/web/forms/prompt-field";
import { selectionField as selection } from "~/web/forms/selection-field";

const text = z.string().min(1);

const schema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("reassign-owner"), selection, toOwnerId: text, rekey: z.literal("yes").optional() }),
  z.object({ intent: z.literal("backfill-thumbnails"), selection }),
  z.object({
    intent: z.literal("label-run"),
    selection,
    /** A prompt version; without one the prompt that is made with the plan. */
    prompt: promptField,
    budgetUsd: z.string(),
    again: z.literal("yes").optional(),
  }),
  z.object({ intent: z.literal("move-images"), selection, root: text, to: text }),
  /** Without a value the label is removed. */
  z.object({ intent: z.literal("set-labels"), selection, attribute: text, value: text.optional() }),
  z.object({ intent: z.literal("quarantine-objects"), selection, root: text }),
  z.object({
    intent: z.literal("convert-images"),
    selection,
    format: z.enum(conversionFormats),
    /** Without one the format's own. */
    quality: z.coerce.number().int().min(1).max(100).optional(),
  }),
]);

/** What is done with selected images, on whichever page: leads to the plan, or says why there is none. */
export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "operator", schema }, async ({ form, actor, ports }) => {
    if (form.intent === "label-run") {
      const { selection, prompt, budgetUsd, again } = form;
      const { runId } = await startLabelRun(ports, {
        selection,
        prompt,
        only: again ? "all" : "unanswered",
        budgetUsd: requireBudget(Number(budgetUsd || Number.NaN)),
        actor,
      });
      return redirect(`/label-runs/${runId}`);
    }
    const start = () => {
      switch (form.intent) {
        case "reassign-owner":
          return startReassignment(ports, {
            selection: form.selection,
            toOwnerId: form.toOwnerId,
            rekey: form.rekey === "yes",
            actor,
          });
        case "backfill-thumbnails":
          return startThumbnailsOf(ports, { selection: form.selection, actor });
        case "move-images":
          return actOnSelection(
            ports,
            { kind: form.intent, selection: form.selection, root: form.root, to: form.to },
            actor,
          );
        case "set-labels": {
          const { selection, attribute, value = null } = form;
          return startSetLabels(ports, { selection, attribute, value, actor });
        }
        case "convert-images": {
          const { selection, format, quality } = form;
          return startConversion(ports, { selection, format, quality, actor });
        }
        case "quarantine-objects":
          return actOnSelection(ports, { kind: form.intent, selection: form.selection, root: form.root }, actor);
      }
    };
    return redirect(`/job-runs/${(await start()).runId}`);
  });
}
