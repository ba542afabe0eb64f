import type { LoaderFunctionArgs } from "@remix-run/node";
import { quoteCall } from "~/features/labeling/trying/quote-call.server";
import { idOf } from "~/web/address";
import { respondToError } from "~/web/server/respond-to-error.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/**
 * What asking about one image with a prompt version takes: /prompt-quotes?version=3&image=14; without an image, about one
 * of the usual shape. Why it cannot be told is an answer, too. `of` tells whose answer it is.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  const of = String(params);
  const image = params.get("image");
  const asked = { versionId: idOf(params.get("version") ?? ""), imageId: image === null ? null : idOf(image) };
  try {
    return { of, quote: await quoteCall(context.ports, { ...asked, signal: request.signal }) };
  } catch (error) {
    const refusal = respondToError(error);
    if (!refusal) throw error;
    return { of, refusal: await refusal.text() };
  }
}
