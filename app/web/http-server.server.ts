import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type NextFunction, type Request, type Response } from "express";
import type { Env } from "~/ports/env.server";
import type { Ports } from "~/ports/index.server";
import { builtPages, developmentPages, type Pages, pagesOf } from "./pages.server";
import { withErrorResponses } from "./respond-to-error.server";
import { isSameOrigin } from "./same-origin";
import { securityHeaders } from "./security-headers.server";
import { StartError } from "./start-error";

/** Forms only; pictures never come this way. */
const MAX_BODY_BYTES = 1024 * 1024;
const DRAIN_MS = 10_000;

export type RunningServer = {
  url: string;
  /** Lets requests under way finish for at most 10 s. The ports stay open: whoever made them closes them. */
  close(): Promise<void>;
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
}): Promise<RunningServer> {
  const { env, ports, mode } = input;
  const app = express();
  const server = createServer(app);
  const pages: Pages = input.build
    ? pagesOf(input.build)
    : mode === "development"
      ? await developmentPages(server)
      : await builtPages();
  addHandlers(app, { env, ports, pages, isDev: mode === "development" });
  await listen(server, env).catch(async (error: unknown) => {
    await pages.close();
    throw error;
  });
  return {
    url: env.PUBLIC_URL,
    async close() {
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
  { env, ports, pages, isDev }: { env: Env; ports: Ports; pages: Pages; isDev: boolean },
) {
  const publicUrl = new URL(env.PUBLIC_URL);
  const pictureOrigin = readPictureOrigin(ports);
  app.disable("x-powered-by");
  // We speak plain HTTP, so https in front means a proxy nearby; only then its X-Forwarded headers count.
  app.set("trust proxy", publicUrl.protocol === "https:" ? ["loopback", "linklocal", "uniquelocal"] : false);
  app.use(requestLog(ports));
  app.use(async (request, response, next) => {
    const nonce = randomBytes(16).toString("base64url");
    response.locals.cspNonce = nonce;
    securityHeaders(env, { nonce, pictures: await pictureOrigin(), isDev })(request, response, next);
  });
  app.use(refuseForeign(env, publicUrl));
  app.use(compression());
  app.use(pages.files);
  const { build } = pages;
  app.all(
    "*",
    createRequestHandler({
      build: typeof build === "function" ? async () => withErrorResponses(await build()) : withErrorResponses(build),
      mode: isDev ? "development" : "production",
      getLoadContext: (_request, response) => ({ env, ports, cspNonce: response.locals.cspNonce }),
    }),
  );
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    ports.log.error({ err: error }, "A request failed outside of any page");
    if (response.headersSent) return response.destroy();
    response.status(500).type("text").send("Something went wrong on the server; its log says what.");
  });
}

/** One line a request, without query strings: they carry search terms and one-time codes. */
function requestLog({ log }: Ports): express.Handler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const { path, method } = request;
    response.on("close", () => {
      const level = response.statusCode >= 500 ? "error" : /^\/(assets\/|healthz|readyz)/.test(path) ? "debug" : "info";
      const ms = Math.round(performance.now() - startedAt);
      log[level]({ method, path, status: response.statusCode, ms, ip: request.ip }, "request");
    });
    next();
  };
}

/** State changes come from our own pages only, and every page has one address. */
function refuseForeign(env: Env, publicUrl: URL): express.Handler {
  return (request, response, next) => {
    if (request.method === "GET" || request.method === "HEAD") {
      // On a developer's machine "localhost" would hold other cookies than the address that Google returns to.
      const isElsewhere = env.APP_ENVIRONMENT === "local" && request.headers.host !== publicUrl.host;
      if (isElsewhere && request.headers["sec-fetch-mode"] === "navigate" && request.originalUrl.startsWith("/")) {
        return response.redirect(302, publicUrl.origin + request.originalUrl);
      }
    } else {
      const headers = { origin: request.get("origin"), secFetchSite: request.get("sec-fetch-site") };
      if (!isSameOrigin(headers, publicUrl.origin)) {
        return response.status(403).type("text").send(`Changes are accepted from ${publicUrl.origin} only.`);
      }
      if (request.headers["transfer-encoding"] || Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
        return response.status(413).type("text").send("The request is larger than 1 MiB.");
      }
      // Remix repeats this check without Sec-Fetch-Site and would refuse a plain form of a no-referrer page.
      delete request.headers.origin;
    }
    // Links and redirects are made for the public address, whatever a proxy made of these.
    request.headers.host = publicUrl.host;
    delete request.headers["x-forwarded-host"];
    next();
  };
}

/** Where presigned links point: asked of the storage port itself, so that it is right for every kind of endpoint. */
function readPictureOrigin({ storage, log }: Ports): () => Promise<string | undefined> {
  let origin: string | undefined;
  return async () => {
    try {
      origin ??= new URL(await storage.presignGet("origin")).origin;
    } catch (error) {
      log.warn({ err: error }, "Pictures cannot be shown: no link to the storage can be signed");
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
