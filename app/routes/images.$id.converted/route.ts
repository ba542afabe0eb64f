import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { conversionFormats } from "~/features/conversion/conversion-format";
import { readConverted } from "~/features/conversion/read-converted.server";
import { LINK_WINDOW_SECONDS } from "~/features/images/picture-address";
import { idOf } from "~/web/address";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const wanted = z.object({
  format: z.enum(conversionFormats),
  quality: z.coerce.number().int().min(1).max(100),
});

/** What an image would become, made for whoever looks at it: pictures are decoded a few at once, whoever asks. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "operator");
  const asked = new URL(request.url).searchParams;
  const settings = wanted.parse(Object.fromEntries(asked));
  const { body, etag } = await readConverted(context.ports, idOf(params.id), settings, request.signal);
  // As its siblings: kept where the page means just these bytes, which become the same picture each time.
  const keep = asked.get("v") === etag ? `max-age=${LINK_WINDOW_SECONDS}` : "no-cache";
  return new Response(new Uint8Array(body), {
    headers: { "content-type": `image/${settings.format}`, "cache-control": `private, ${keep}` },
  });
}
