import { createHash, randomBytes } from "node:crypto";
import { type AppLoadContext, createCookieSessionStorage } from "@remix-run/node";
import { Authenticator, AuthorizationError } from "remix-auth";
import { type GoogleExtraParams, type GoogleProfile, GoogleStrategy } from "remix-auth-google";
import { z } from "zod";
import type { Identity } from "~/features/operators/allow-list";
import { spendNonce } from "~/features/operators/spend-nonce.server";
import type { Env } from "~/ports/env.server";
import type { Ports } from "~/ports/index.server";
import { edgeCookie } from "~/web/cookies.server";
import { discover, type Endpoints, fetchJson } from "./google-endpoints.server";
import { verifyIdToken } from "./id-token.server";
import { safeReturnTo } from "./safe-return-to";
import { SignInError } from "./sign-in-error";

type Edge = { request: Request; context: AppLoadContext };

/** Between the button and Google's answer. */
const ATTEMPT_SECONDS = 10 * 60;

/** One sign-in under way, in a signed cookie: remix-auth 3 shows a strategy no session while it makes the redirect. */
const attemptSchema = z.object({
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  startedAt: z.number(),
});
type Attempt = z.infer<typeof attemptSchema>;

/** The library types `expires_in` as one literal number, so only what is used here is checked. */
const granted = z.custom<GoogleExtraParams>(
  (answer) => z.object({ access_token: z.string(), id_token: z.string() }).safeParse(answer).success,
);
const refused = z.object({ error: z.string() });

/** The redirect to Google. `returnTo` is where the browser goes afterwards, if it is a page of ours. */
export async function beginSignIn({ request, context }: Edge, returnTo: string | null): Promise<Response> {
  const attempt: Attempt = {
    nonce: randomToken(),
    codeVerifier: randomToken(),
    returnTo: safeReturnTo(returnTo),
    startedAt: context.ports.clock.now().getTime(),
  };
  const result = await authenticate({ request, context }, attempt);
  if (!(result instanceof Response)) throw new Error("remix-auth did not redirect to Google");
  result.headers.append("Set-Cookie", await attemptCookie(context.env).serialize(attempt));
  return result;
}

/**
 * Google's answer: who it is.
 * @throws SignInError
 */
export async function finishSignIn({ request, context }: Edge): Promise<Identity> {
  const problem = new URL(request.url).searchParams.get("error");
  if (problem === "access_denied") throw new SignInError("cancelled", "You canceled the sign-in at Google.");
  if (problem) throw notCompleted();
  const attempt = await readAttempt({ request, context });
  const age = attempt ? context.ports.clock.now().getTime() - attempt.startedAt : Number.POSITIVE_INFINITY;
  if (!attempt || age > ATTEMPT_SECONDS * 1_000) throw unknownState();
  const identity = await authenticate({ request, context }, attempt);
  if (identity instanceof Response) throw unknownState();
  return identity;
}

/** Set-Cookie headers that forget the attempt however it ended, and where it was to lead. */
export async function endAttempt({ request, context }: Edge): Promise<{ headers: Headers; returnTo: string }> {
  const attempt = await readAttempt({ request, context });
  const headers = new Headers();
  for (const cookie of [attemptCookie(context.env), stateCookie(context.env)]) {
    headers.append("Set-Cookie", await cookie.serialize("", { maxAge: 0 }));
  }
  return { headers, returnTo: safeReturnTo(attempt?.returnTo ?? null) };
}

/** Runs remix-auth: a redirect on the way to Google, the identity on the way back. */
async function authenticate({ request, context }: Edge, attempt: Attempt): Promise<Identity | Response> {
  const { env, ports } = context;
  const endpoints = await discover(env.GOOGLE_ISSUER);
  const strategy = new IssuerStrategy(env, endpoints, attempt, ports);
  const sessions = createCookieSessionStorage({ cookie: stateCookie(env) });
  try {
    // Without its body, which remix-auth would copy.
    const bare = new Request(request.url, { headers: request.headers });
    return await new Authenticator<Identity>(sessions).use(strategy).authenticate(strategy.name, bare, {
      throwOnError: true,
    });
  } catch (error) {
    if (error instanceof Response) return error;
    if (!(error instanceof AuthorizationError)) throw error;
    if (error.cause instanceof SignInError) throw error.cause;
    // What remix-auth itself refuses: no state, another state, no code.
    throw unknownState(error);
  }
}

/** Google's strategy with the endpoints of the environment, a nonce, PKCE, and the ID token verified here. */
class IssuerStrategy extends GoogleStrategy<Identity> {
  constructor(
    private readonly env: Env,
    private readonly endpoints: Endpoints,
    private readonly attempt: Attempt,
    private readonly ports: Pick<Ports, "db" | "clock">,
  ) {
    super(
      {
        clientID: env.GOOGLE_CLIENT_ID,
        clientSecret: env.GOOGLE_CLIENT_SECRET,
        callbackURL: new URL("/auth/google/callback", env.PUBLIC_URL).href,
        scope: "openid email profile",
        prompt: "select_account",
      },
      async ({ profile: { id, displayName, _json } }) => ({
        sub: id,
        email: _json.email.toLowerCase(),
        name: displayName || _json.email,
        organization: _json.hd.toLowerCase() || null,
      }),
    );
    this.authorizationURL = endpoints.authorization;
    this.tokenURL = endpoints.token;
  }

  protected override authorizationParams() {
    const params = super.authorizationParams();
    params.set("nonce", this.attempt.nonce);
    params.set("code_challenge", createHash("sha256").update(this.attempt.codeVerifier).digest("base64url"));
    params.set("code_challenge_method", "S256");
    return params;
  }

  /** Called once the state is known to be ours. */
  protected override async fetchAccessToken(code: string, params: URLSearchParams) {
    const { nonce, startedAt } = this.attempt;
    const expiresAt = new Date(startedAt + ATTEMPT_SECONDS * 1_000);
    if (!(await spendNonce(this.ports, { nonce, expiresAt }))) throw unknownState();
    params.set("client_id", this.clientID);
    params.set("client_secret", this.clientSecret);
    params.set("code", code);
    params.set("code_verifier", this.attempt.codeVerifier);
    const answer = await fetchJson(this.tokenURL, { method: "POST", body: params });
    const extraParams = granted.safeParse(answer.body).data;
    if (answer.ok && extraParams) return { accessToken: String(extraParams.access_token), extraParams };
    if (refused.safeParse(answer.body).data?.error === "invalid_client") {
      const sentence = "Google does not accept this server. Check GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET on it.";
      throw new SignInError("client-refused", sentence);
    }
    throw notCompleted();
  }

  /** From the ID token: what userinfo answers is not signed. */
  protected override async userProfile(_accessToken: string, params?: GoogleExtraParams): Promise<GoogleProfile> {
    const claims = await verifyIdToken(params?.id_token ?? "", {
      keys: this.endpoints.keys,
      issuer: this.env.GOOGLE_ISSUER,
      clientId: this.clientID,
      nonce: this.attempt.nonce,
      now: this.ports.clock.now(),
    });
    return {
      provider: "google",
      id: claims.sub,
      displayName: claims.name,
      name: { familyName: claims.family_name, givenName: claims.given_name },
      emails: [{ value: claims.email }],
      photos: [{ value: claims.picture }],
      _json: claims,
    };
  }
}

async function readAttempt({ request, context }: Edge): Promise<Attempt | null> {
  const value: unknown = await attemptCookie(context.env).parse(request.headers.get("Cookie"));
  return attemptSchema.safeParse(value).data ?? null;
}

const attemptCookie = (env: Env) => edgeCookie(env, "sign-in-attempt", { maxAge: ATTEMPT_SECONDS, signed: true });

/** remix-auth's own session: the state, and nothing else. */
const stateCookie = (env: Env) => edgeCookie(env, "sign-in-state", { maxAge: ATTEMPT_SECONDS, signed: true });

const randomToken = () => randomBytes(32).toString("base64url");

const notCompleted = () => new SignInError("code-refused", "Google did not complete the sign-in. Sign in again.");

const unknownState = (cause?: unknown) =>
  new SignInError(
    "unknown-state",
    "This sign-in was used already, took longer than 10 minutes, or started in another browser. Sign in again.",
    { cause },
  );
