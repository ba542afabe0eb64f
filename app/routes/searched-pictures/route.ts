import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { embedSearchedPicture } from "~/features/image-search/embed-searched-picture.server";
import { readForm } from "~/web/forms/read-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** The picture's bytes as base64url, which a form does not make longer. */
const schema = z.object({ picture: z.string().regex(/^[\w-]+$/, "The picture is missing, or is no base64url.") });

/** Takes a picture to search by, as the page of best matches sends it; the answer names it for the page's address. */
export async function action({ request, context }: ActionFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { picture } = await readForm(request, schema);
  const hash = await embedSearchedPicture(context.ports, Buffer.from(picture, "base64url"), request.signal);
  return Response.json({ picture: hash });
}
