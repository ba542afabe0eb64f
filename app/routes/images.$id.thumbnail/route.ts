import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { linkToThumbnail } from "~/features/images/link-to-image.server";
import { idOf } from "~/web/address";
import { requireOperator } from "~/web/sign-in/operator-session.server";

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const link = await linkToThumbnail(context.ports, idOf(params.id));
  // Shorter than the link is valid, so that no cached redirect leads to an expired one.
  return redirect(link, { headers: { "Cache-Control": "private, max-age=300" } });
}
