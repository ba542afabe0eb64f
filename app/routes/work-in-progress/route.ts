import type { LoaderFunctionArgs } from "@remix-run/node";
import { readWorkInProgress } from "~/features/job-runs/views/read-work-in-progress.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** What the rail's foot asks for every few seconds, so that it is true on pages that do not refresh themselves. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  return { ...(await readWorkInProgress(context.ports)), asOf: context.ports.clock.now() };
}
