import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { drawRequest } from "~/features/drawing/draw-request";
import { previewDrawing } from "~/features/drawing/studio/preview-drawing.server";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { jsonField } from "~/web/forms/json-field";

/** A prompt that is too long, or none, is told beside everything else. */
const unfinished = drawRequest.extend({ prompt: z.string() });

/** What the studio's form would send and cost as it stands. It reads; a prompt may be too long for an address. */
export async function action(args: ActionFunctionArgs) {
  const answer = await answerInPlace(
    args,
    { role: "operator", schema: z.object({ request: jsonField(unfinished) }) },
    async ({ form, ports }) => ({ preview: await previewDrawing(ports, form.request, args.request.signal) }),
  );
  return Response.json(answer);
}
