import { createCookie } from "@remix-run/node";
import type { Env } from "~/ports/env.server";

/**
 * One of our cookies: for this host alone, out of reach of scripts, not sent along by other sites' forms.
 * `__Host-` makes browsers insist on that. They do not all take it over plain http, which only loopback may speak.
 * @param signed true for values that the browser must not choose; each name signs differently, so that the value of one
 * cookie is no value of another
 */
export function edgeCookie(env: Env, name: string, options: { maxAge: number; signed: boolean }) {
  const isHttps = env.PUBLIC_URL.startsWith("https:");
  return createCookie(isHttps ? `__Host-${name}` : `diffs-${name}`, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isHttps,
    maxAge: options.maxAge,
    ...(options.signed && { secrets: [`${name}.${env.SESSION_SECRET}`] }),
  });
}
