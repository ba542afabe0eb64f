import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { keepOwnImage } from "~/features/drawing/studio/keep-own-image.server";
import { readStudioImages } from "~/features/drawing/studio/studio-image.server";
import { answerInPlace } from "~/web/forms/answer-form.server";

/** The picture's bytes as base64url, which a form does not make longer. */
const schema = z.object({ picture: z.string().regex(/^[\w-]+$/, "The picture is missing, or is no base64url.") });

/** Takes a picture that an operator adds in the studio; the answer is the image that it has become. */
export async function action(args: ActionFunctionArgs) {
  const { signal } = args.request;
  const answer = await answerInPlace(args, { role: "operator", schema }, async ({ form, actor, ports }) => {
    const id = await keepOwnImage(ports, { bytes: Buffer.from(form.picture, "base64url"), actor, signal });
    const [image = null] = await readStudioImages(ports.db, [id]);
    return { image };
  });
  return Response.json(answer);
}
