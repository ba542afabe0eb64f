import type { ServerBuild } from "@remix-run/node";
import type { Handler } from "express";
import type { ProcessMetrics } from "~/ports/metrics/process-metrics.server";

/** Tells the metrics of each request that was answered; one that the client gave up counts with the status it had. */
export function requestMetrics(metrics: ProcessMetrics, build: ServerBuild | null): Handler {
  const pages = build && firstSegments(build);
  return ({ method, path }, response, next) => {
    const startedAt = performance.now();
    const page = pageOf(path, pages);
    response.on("close", () => {
      const seconds = (performance.now() - startedAt) / 1_000;
      metrics.observeRequest({ method, page, status: response.statusCode, seconds });
    });
    next();
  };
}

/** "images" of "images/:id/original": what pages' addresses begin with. */
function firstSegments({ routes }: ServerBuild): Set<string> {
  const segments = Object.values(routes).map((route) => route?.path?.split("/")[0] ?? "");
  return new Set(segments.filter((segment) => segment !== "" && !/^[:*]/.test(segment)));
}

/** A closed list, so that a stranger who tries addresses makes no new series: what no page begins with is "other". */
function pageOf(path: string, pages: Set<string> | null): string {
  const first = path.split("/")[1]?.replace(/\.data$/, "") ?? "";
  if (first === "" || first === "_root" || first === "_index") return "overview";
  return first === "assets" || pages?.has(first) ? first : "other";
}
