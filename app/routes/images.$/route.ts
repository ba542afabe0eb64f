import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { oldNameAddress } from "~/web/old-name-address";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** Links of before, in tickets and histories: /images/ and a key, a file name or a path. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  return redirect(oldNameAddress(params["*"] ?? ""));
}
