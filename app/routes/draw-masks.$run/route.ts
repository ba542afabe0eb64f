import type { LoaderFunctionArgs } from "@remix-run/node";
import { readMaskOfRun } from "~/features/drawing/mask-of-run.server";
import { idOf } from "~/web/address";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** The mask of a run as the PNG that it is kept as, for painting on from it. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { png } = await readMaskOfRun(context.ports, idOf(params.run));
  return new Response(new Uint8Array(png), {
    headers: { "Content-Type": "image/png", "Cache-Control": "private, max-age=300" },
  });
}
