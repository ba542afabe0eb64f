import type { LoaderFunctionArgs } from "@remix-run/node";
import { checks } from "~/features/monitoring/checks/registry.server";
import { readMetrics } from "~/features/monitoring/metrics/read-metrics.server";
import { toPrometheus } from "~/ports/metrics/to-prometheus.server";
import { onlyToken, requireBearer } from "~/web/server/require-bearer.server";

/** Prometheus asks for what the database knows. On a developer's machine only that machine can ask, so no token has to be shown. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { env, ports } = context;
  const isOpen = env.APP_ENVIRONMENT === "local" && env.METRICS_TOKEN === undefined;
  if (!isOpen) await requireBearer({ request, context }, onlyToken(env.METRICS_TOKEN));
  const { body, contentType } = await toPrometheus(await readMetrics(ports, checks));
  return new Response(body, { headers: { "Content-Type": contentType, "Cache-Control": "no-store" } });
}
