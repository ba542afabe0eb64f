import type { LoaderFunctionArgs } from "@remix-run/node";
import { readReadiness } from "~/web/server/readiness.server";

/** 200 while the console can do its work, else 503; the body says which check failed. */
export async function loader({ context }: LoaderFunctionArgs) {
  const checks = await readReadiness(context.ports);
  const isReady = checks.every((check) => check.ok);
  return Response.json(
    { ready: isReady, checks },
    { status: isReady ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
