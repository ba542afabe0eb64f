import type { Handler } from "express";
import type { Env } from "~/ports/env.server";
import { isSameOrigin } from "./same-origin";

/** Forms only; pictures never come this way. */
const MAX_BODY_BYTES = 1024 * 1024;

/** State changes come from our own pages only, as forms that are posted, and every page has one address. */
export function refuseForeign(env: Env): Handler {
  const publicUrl = new URL(env.PUBLIC_URL);
  return (request, response, next) => {
    // It would answer with the cookies that it was sent, and no Request can be made of it.
    if (request.method === "TRACE") return response.status(405).type("text").send("TRACE is not answered.");
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
      if (request.method !== "POST") {
        const sentence = `${request.method} is not supported here; use GET or POST.`;
        return response.status(405).set("Allow", "GET, HEAD, POST").type("text").send(sentence);
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
