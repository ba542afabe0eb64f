import type { LoaderFunctionArgs } from "@remix-run/node";
import { readPulse } from "~/features/labeling/review/read-pulse.sql.server";
import { idOf } from "~/web/address";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** Whether the review of a label run is still as it was read: asked every few seconds, and cheap. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const pulse = await readPulse(context.ports, idOf(params.id));
  return new Response(pulse, { headers: { "Content-Type": "text/plain", "Cache-Control": "no-store" } });
}
