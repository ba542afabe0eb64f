import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { unreachable } from "./sign-in-error";

const TIMEOUT_MS = 5_000;
const CACHE_MS = 60 * 60 * 1_000;

const discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});

export type Endpoints = { authorization: string; token: string; keys: JWTVerifyGetKey };

const known = new Map<string, { endpoints: Endpoints; until: number }>();

/**
 * The endpoints of an OpenID issuer, from its discovery document; kept for an hour. Its keys are read when needed.
 * @throws SignInError "unreachable" when it does not answer within 5 s, or not as itself
 */
export async function discover(issuer: string): Promise<Endpoints> {
  const cached = known.get(issuer);
  if (cached && cached.until > performance.now()) return cached.endpoints;
  const { body } = await fetchJson(`${issuer}/.well-known/openid-configuration`);
  const document = discovery.safeParse(body);
  if (!document.success) throw unreachable(document.error);
  if (document.data.issuer !== issuer) {
    throw unreachable(new Error(`The issuer at ${issuer} calls itself ${document.data.issuer}`));
  }
  const endpoints = {
    authorization: document.data.authorization_endpoint,
    token: document.data.token_endpoint,
    keys: createRemoteJWKSet(new URL(document.data.jwks_uri), { timeoutDuration: TIMEOUT_MS }),
  };
  known.set(issuer, { endpoints, until: performance.now() + CACHE_MS });
  return endpoints;
}

/**
 * The answer with its body, undefined if that is not JSON.
 * @throws SignInError "unreachable" without an answer within 5 s, or with one of 500 and above
 */
export async function fetchJson(url: string, init: RequestInit = {}): Promise<{ ok: boolean; body: unknown }> {
  const answer = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
    async (response) => ({ status: response.status, text: await response.text() }),
    (error: unknown) => {
      throw unreachable(error);
    },
  );
  if (answer.status >= 500) throw unreachable(new Error(`${new URL(url).host} answered ${answer.status}`));
  return { ok: answer.status === 200, body: parseJson(answer.text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
