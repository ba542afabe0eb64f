import helmet from "helmet";
import type { Env } from "~/ports/env.server";

/**
 * Headers of every answer: an enforced Content-Security-Policy and its companions.
 * Scripts run only from our own files or with the response's nonce. Styles that components set on elements are allowed.
 * @param pictures the origin that presigned links point to, once it is known
 */
export function securityHeaders(env: Env, options: { nonce: string; pictures: string | undefined; isDev: boolean }) {
  const isHttps = env.PUBLIC_URL.startsWith("https:");
  const assets = env.PUBLIC_ASSET_BASE_URL && new URL(env.PUBLIC_ASSET_BASE_URL).origin;
  const pictures = [options.pictures, assets].filter((origin) => origin !== undefined);
  const styles = options.isDev ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${options.nonce}'`];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", `'nonce-${options.nonce}'`],
        scriptSrcAttr: ["'none'"],
        // Vite writes styles into the page while developing.
        styleSrcElem: styles,
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", "data:", ...pictures],
        fontSrc: ["'self'"],
        // Uploads go straight to the bucket.
        connectSrc: ["'self'", ...(options.pictures ? [options.pictures] : []), ...(options.isDev ? ["ws:"] : [])],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        // The sign-in form leads to Google by a redirect, which browsers hold against this list too.
        formAction: ["'self'", new URL(env.GOOGLE_ISSUER).origin],
        frameAncestors: ["'none'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    frameguard: { action: "deny" },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
}
