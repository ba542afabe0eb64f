import { createServer, type RequestListener, type Server } from "node:http";
import type { Env } from "~/ports/env.server";
import type { Log } from "~/ports/log.server";
import { isSameSecret } from "~/ports/same-secret.server";
import type { ProcessMetrics } from "./process-metrics.server";
import { type Metric, type MetricsPage, toPrometheus } from "./to-prometheus.server";

type MetricsEnv = Pick<Env, "HOST" | "METRICS_PORT" | "METRICS_TOKEN">;

/** As many processes of one machine find a port each, with room for those that a reload replaces. */
const PORTS = 10;

/**
 * Answers on the first free port from METRICS_PORT on, until it is closed: at /metrics with what this process alone knows, at
 * /metrics/database with what `readShared` reads. Without METRICS_TOKEN only this machine can ask; with it, whoever reaches HOST
 * and carries it. Numbers are not worth a process: where none of the ports can be opened, the log says so and the process goes on.
 * @returns null: there is no METRICS_PORT, or none could be opened
 */
export async function serveMetrics(
  { env, log }: { env: MetricsEnv; log: Log },
  metrics: Pick<ProcessMetrics, "read">,
  readShared: () => Promise<Metric[]>,
): Promise<{ url: string; close(): void } | null> {
  const { METRICS_PORT: first, METRICS_TOKEN: token } = env;
  if (first === undefined) return null;
  const host = token === undefined ? "127.0.0.1" : env.HOST;
  const pages = { "/metrics": metrics.read, "/metrics/database": async () => toPrometheus(await readShared()) };
  const server = createServer(answer(pages, { token, log }));
  for (let port = first; port < first + PORTS; port++) {
    const error = await listen(server, host, port);
    if (error === null) {
      const url = `http://${host}:${port}/metrics`;
      log.info({ url }, "Metrics of this process are served");
      // Whoever asks last has been answered within milliseconds.
      const close = () => {
        server.close();
        server.closeAllConnections();
      };
      return { url, close };
    }
    if (error.code !== "EADDRINUSE") {
      log.error({ err: error }, `Metrics are not served: port ${port} on ${host} cannot be opened. Set METRICS_PORT.`);
      return null;
    }
  }
  log.error(
    `Metrics are not served: ports ${first} to ${first + PORTS - 1} on ${host} are all in use. Set METRICS_PORT.`,
  );
  return null;
}

function answer(
  pages: Record<string, () => Promise<MetricsPage>>,
  { token, log }: { token: string | undefined; log: Log },
): RequestListener {
  return async (request, response) => {
    const say = (status: number, body: string, contentType = "text/plain; charset=utf-8") =>
      response.writeHead(status, { "Content-Type": contentType, "Cache-Control": "no-store" }).end(body);
    const [, given = ""] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "") ?? [];
    if (token !== undefined && !isSameSecret(given, token)) {
      response.setHeader("WWW-Authenticate", 'Bearer realm="diffs-ops"');
      return say(401, "Send METRICS_TOKEN as “Authorization: Bearer …”.\n");
    }
    const path = request.url?.split("?")[0] ?? "";
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (!page || request.method !== "GET") return say(404, `There is ${Object.keys(pages).join(" and ")}, to GET.\n`);
    try {
      const { body, contentType } = await page();
      say(200, body, contentType);
    } catch (error) {
      log.error({ err: error, path }, "Metrics could not be read");
      say(503, "These numbers cannot be read now; the log says why.\n");
    }
  };
}

/** Null once it listens. `exclusive`: in a cluster processes would share the port, and each have numbers of another. */
const listen = (server: Server, host: string, port: number) =>
  new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error);
    server.once("error", failed);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", failed);
      resolve(null);
    });
  });
