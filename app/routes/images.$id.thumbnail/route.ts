import type { LoaderFunctionArgs } from "@remix-run/node";
import { linkToThumbnail } from "~/features/images/link-to-image.server";
import { idOf } from "~/web/address";
import { leadToPicture } from "~/web/lead-to-picture.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const etag = new URL(request.url).searchParams.get("v");
  return leadToPicture(await linkToThumbnail(context.ports, idOf(params.id), etag));
}
