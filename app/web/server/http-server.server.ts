import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type NextFunction, type Request, type Response } from "express";
import { allowListsOf } from "~/features/operators/allow-lists-of.server";
import { holdToLists } from "~/features/operators/hold-to-lists.server";
import { warnOfUnlistedModel } from "~/features/prices/warn-of-unlisted-model.server";
import type { Env } from "~/ports/env.server";
import type { Ports } from "~/ports/index.server";
import type { ProcessMetrics } from "~/ports/metrics/process-metrics.server";
import { BUILD_HEADER } from "./answer-headers";
import { refuseApiChanges } from "./api.server";
import { clientOf, limitSignIns } from "./limit-sign-ins.server";
import { builtPages, developmentPages, type Pages, pagesOf } from "./pages.server";
import { partWithClients } from "./part-with-clients.server";
import { readRequestLine } from "./read-request-line.server";
import { refuseForeign } from "./refuse-foreign.server";
import { refuseOtherSchema } from "./refuse-other-schema.server";
import { requestLog } from "./request-log.server";
import { requestMetrics } from "./request-metrics.server";
import { withErrorResponses } from "./respond-to-error.server";
import { securityHeaders } from "./security-headers.server";
import { StartError } from "./start-error";
import { whenTaken } from "./when-taken.server";

const DRAIN_MS = 10_000;

export type RunningServer = {
  url: string;
  /**
   * Lets requests under way finish for at most 10 s. The ports stay open: whoever made them closes them.
   * @param how.isReplaced another process answers at this address already: up to 5 s before, clients are led to it
   */
  close(how?: { isReplaced: boolean }): Promise<void>;
};

/**
 * Serves the console on env.HOST:env.PORT.
 * @throws StartError when the port is taken or the pages are not built
 */
export async function startServer(input: {
  env: Env;
  ports: Ports;
  mode: "development" | "production";
  /** Other pages than those of the mode. */
  build?: ServerBuild;
  /** Is told of each request. */
  metrics?: ProcessMetrics | null;
}): Promise<RunningServer> {
  const { env, ports, mode, metrics = null } = input;
  const app = express();
  const server = createServer(app);
  const pages: Pages = input.build
    ? pagesOf(input.build)
    : mode === "development"
      ? await developmentPages(server)
      : await builtPages();
  await holdToLists(ports, allowListsOf(env));
  await warnOfUnlistedModel(ports, null);
  addHandlers(app, { env, ports, pages, metrics, isDev: mode === "development" });
  await listen(server, env).catch(async (error: unknown) => {
    await pages.close();
    throw error;
  });
  return {
    url: env.PUBLIC_URL,
    async close({ isReplaced } = { isReplaced: false }) {
      if (isReplaced) await partWithClients(server);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A connection that falls idle only after close() would stay for its keep-alive time.
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await pages.close();
      await closed;
      clearInterval(sweep);
      clearTimeout(cut);
    },
  };
}

/** In order: say who asks, refuse what is not ours, serve files, then pages. */
function addHandlers(
  app: express.Express,
  input: { env: Env; ports: Ports; pages: Pages; metrics: ProcessMetrics | null; isDev: boolean },
) {
  const { env, ports, pages, metrics, isDev } = input;
  const { build } = pages;
  const pictureOrigin = readPictureOrigin(ports);
  app.disable("x-powered-by");
  // We speak plain HTTP, so https in front means a proxy nearby; only then its X-Forwarded headers count. Limits go by the
  // client's address that it gives.
  app.set("trust proxy", env.PUBLIC_URL.startsWith("https:") ? ["loopback", "linklocal", "uniquelocal"] : false);
  app.use(readRequestLine, requestLog(ports.log));
  if (metrics) app.use(requestMetrics(metrics, typeof build === "function" ? null : build));
  app.use(async (request, response, next) => {
    const nonce = randomBytes(16).toString("base64url");
    response.locals.cspNonce = nonce;
    securityHeaders(env, { nonce, pictures: await pictureOrigin(), isDev })(request, response, next);
  });
  app.use("/api", refuseApiChanges);
  app.use(refuseForeign(env));
  app.use("/auth/google", limitSignIns(ports));
  app.use(compression());
  app.use(pages.files);
  app.use((_request, response, next) => {
    if (typeof build !== "function") response.setHeader(BUILD_HEADER, build.assets.version);
    next();
  });
  app.use(refuseOtherSchema(ports.db));
  app.all(
    "*",
    createRequestHandler({
      build: typeof build === "function" ? async () => withErrorResponses(await build()) : withErrorResponses(build),
      mode: isDev ? "development" : "production",
      getLoadContext: (request, response) => ({
        env,
        ports: { ...ports, log: response.locals.log },
        cspNonce: response.locals.cspNonce,
        client: clientOf(request),
        whenTaken: whenTaken(response),
        whenAnswered: (work) => void response.once("close", work),
      }),
    }),
  );
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    // Express's own word for an address whose escapes are no text, such as /%c0%80.
    if (error instanceof URIError) return response.status(400).type("text").send("This address cannot be read.");
    (response.locals.log ?? ports.log).error({ err: error }, "A request failed outside of any page");
    if (response.headersSent) return response.destroy();
    response.status(500).type("text").send("Something went wrong on the server; its log says what.");
  });
}

/** Where presigned links point: asked of the storage port itself, so that it is right for every kind of endpoint. */
function readPictureOrigin({ storage, log }: Ports): () => Promise<string | undefined> {
  let origin: string | undefined;
  return async () => {
    try {
      origin ??= new URL(await storage.presignGet("origin")).origin;
    } catch (error) {
      log.warn({ err: error }, "Images cannot be shown: no link to the storage can be signed");
    }
    return origin;
  };
}

function listen(server: Server, env: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const place = `Port ${env.PORT} on ${env.HOST}`;
      if (error.code === "EADDRINUSE") {
        reject(new StartError(`${place} is in use: stop what uses it, or set PORT to another.`, { cause: error }));
      } else if (error.code === "EACCES" || error.code === "EADDRNOTAVAIL") {
        reject(new StartError(`${place} cannot be opened (${error.code}): set HOST and PORT.`, { cause: error }));
      } else reject(error);
    });
    server.listen(env.PORT, env.HOST, resolve);
  });
}
