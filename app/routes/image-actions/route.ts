import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { actOnSelection } from "~/features/attribute-groups/actions/act-on-selection.server";
import { startReassignment } from "~/features/owners/reassign/start-reassignment.server";
import { startThumbnailsOf } from "~/features/thumbnails/start-thumbnails.server";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { selectionField as selection } from "~/web/forms/selection-field";

const text = z.string().min(1);

const schema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("reassign-owner"), selection, toOwnerId: text, rekey: z.literal("yes").optional() }),
  z.object({ intent: z.literal("backfill-thumbnails"), selection }),
  z.object({ intent: z.literal("move-images"), selection, root: text, to: text }),
  z.object({ intent: z.literal("quarantine-objects"), selection, root: text }),
]);

/** What is done with selected images, on whichever page: leads to the plan, or says why there is none. */
export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "operator", schema }, async ({ form, actor, ports }) => {
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
        case "quarantine-objects":
          return actOnSelection(ports, { kind: form.intent, selection: form.selection, root: form.root }, actor);
      }
    };
    return redirect(`/job-runs/${(await start()).runId}`);
  });
}
