import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { conversionFormats } from "~/features/conversion/conversion-format";
import { readConverted } from "~/features/conversion/read-converted.server";
import { idOf } from "~/web/address";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const wanted = z.object({
  format: z.enum(conversionFormats),
  quality: z.coerce.number().int().min(1).max(100),
});

/** What an image would become, made for whoever looks at it: pictures are decoded a few at once, whoever asks. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "operator");
  const settings = wanted.parse(Object.fromEntries(new URL(request.url).searchParams));
  const body = await readConverted(context.ports, idOf(params.id), settings, request.signal);
  return new Response(new Uint8Array(body), {
    headers: { "content-type": `image/${settings.format}`, "cache-control": "private, max-age=3600" },
  });
}
