/**
 * Google's sign-in on a developer's machine: the OpenID provider of oauth2-mock-server behind a page that asks who you
 * are. Issuer, JWKS, nonce and PKCE work as Google's do; knobs make it err as the tests need.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import {
  type JWK,
  JWKStore,
  type MutableResponse,
  type MutableToken,
  OAuth2Issuer,
  OAuth2Service,
} from "oauth2-mock-server";
import { z } from "zod";
import { consentPage, type Person } from "./consent-page";

const people: Person[] = [
  { email: "mina@diffs.studio", name: "Mina Sato", says: "admin", verified: true, organization: "diffs.studio" },
  { email: "jun@diffs.studio", name: "Jun Park", says: "operator", verified: true, organization: "diffs.studio" },
  { email: "sofia@diffs.studio", name: "Sofia Reyes", says: "viewer", verified: true, organization: "diffs.studio" },
  { email: "alex@elsewhere.example", name: "Alex Moor", says: "not on any list", verified: true },
  { email: "pat@diffs.studio", name: "Pat Lind", says: "email not verified", verified: false },
];

const knobsSchema = z.strictObject({
  /** Seconds by which the issue time of ID tokens is ahead of this machine's clock. */
  iatSkewSeconds: z.number().int().default(0),
  /** ID tokens are made out to another client. */
  wrongAudience: z.boolean().default(false),
  /** ID tokens carry a nonce that no one asked for. */
  wrongNonce: z.boolean().default(false),
  /** ID tokens name a key that is not in the JWKS. */
  unknownKey: z.boolean().default(false),
  /** Every e-mail is unverified. */
  unverified: z.boolean().default(false),
  /** Every address is held by another account than before, as when it was given to someone else. */
  otherAccount: z.boolean().default(false),
  /** Every account is a personal one, which no organization manages. */
  personal: z.boolean().default(false),
  /** The token endpoint answers 503. */
  down: z.boolean().default(false),
});

type GoogleKnobs = z.infer<typeof knobsSchema>;

export type LocalGoogle = {
  /** The issuer: what GOOGLE_ISSUER must be. */
  url: string;
  /** Sets the knobs that are named and resets the others. */
  setKnobs(knobs: Partial<GoogleKnobs>): void;
  close(): Promise<void>;
};

/**
 * Starts it on loopback; port 0 takes a free one. `GET /authorize` asks who to be (with `account=EMAIL` it does not),
 * `POST /_local/knobs` takes GoogleKnobs as JSON.
 */
export async function startGoogle(options: {
  port: number;
  clientId: string;
  clientSecret: string;
  /** Google's clock. */
  now?: () => Date;
}): Promise<LocalGoogle> {
  const now = options.now ?? (() => new Date());
  const issuer = new OAuth2Issuer();
  await issuer.keys.add(await signingKey());
  const service = new OAuth2Service(issuer);
  let knobs = knobsSchema.parse({});
  const grants = new Map<string, Grant>();

  service.on("beforeAuthorizeRedirect", ({ url }: { url: URL }, request: IncomingMessage) => {
    const code = url.searchParams.get("code");
    const query = queryOf(request);
    const person = findPerson(query.get("account"));
    if (!code || !person) return;
    grants.set(code, {
      person,
      redirectUri: query.get("redirect_uri"),
      needsVerifier: query.has("code_challenge"),
    });
  });
  service.on("beforeTokenSigning", ({ header, payload }: MutableToken, { body }: { body: TokenForm }) => {
    const person = grants.get(body.code ?? "")?.person;
    // The access token is signed first and has a scope; only the ID token says who someone is.
    if (!person || "scope" in payload) return;
    const issuedAt = Math.floor(now().getTime() / 1_000) + knobs.iatSkewSeconds;
    Object.assign(payload, {
      sub: `${knobs.otherAccount ? "other" : "local"}-${person.email}`,
      email: person.email,
      email_verified: person.verified && !knobs.unverified,
      name: person.name,
      iat: issuedAt,
      exp: issuedAt + 3_600,
      ...(person.organization && !knobs.personal && { hd: person.organization }),
      ...(knobs.wrongAudience && { aud: "another-client" }),
      ...(knobs.wrongNonce && { nonce: "not-the-nonce-that-was-asked-for" }),
    });
    // Google sends none of these.
    Reflect.deleteProperty(payload, "nbf");
    Reflect.deleteProperty(payload, "amr");
    if (knobs.unknownKey) header.kid = "unknown";
  });
  service.on("beforeResponse", (response: MutableResponse, { body }: { body: TokenForm }) => {
    const grant = grants.get(body.code ?? "");
    // A code counts once.
    grants.delete(body.code ?? "");
    const isGranted = grant && grant.redirectUri === body.redirect_uri && (!grant.needsVerifier || body.code_verifier);
    const problem = knobs.down
      ? { statusCode: 503, body: { error: "temporarily_unavailable" } }
      : body.client_id !== options.clientId || body.client_secret !== options.clientSecret
        ? { statusCode: 401, body: { error: "invalid_client" } }
        : !isGranted && { statusCode: 400, body: { error: "invalid_grant" } };
    if (problem) Object.assign(response, problem);
  });

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url ?? "/", "http://local");
    if (pathname === "/_local/knobs" && request.method === "POST") {
      const given = knobsSchema.safeParse(parseJson(await text(request)));
      if (!given.success) return send(response, 400, "text/plain", z.prettifyError(given.error));
      knobs = given.data;
      return send(response, 200, "application/json", JSON.stringify(knobs));
    }
    if (pathname === "/authorize" && request.method === "GET") {
      const problem = authorizeProblem(queryOf(request), options.clientId);
      if (problem) return send(response, 400, "text/plain", problem);
      if (!findPerson(queryOf(request).get("account"))) {
        return send(response, 200, "text/html; charset=utf-8", consentPage(people, queryOf(request)));
      }
    }
    service.requestHandler(request, response);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => send(response, 500, "text/plain", String(error)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The local Google has no port.");
  const url = `http://127.0.0.1:${address.port}`;
  issuer.url = url;
  return {
    url,
    setKnobs: (given) => {
      knobs = knobsSchema.parse(given);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** One key for all in this process: an RSA pair takes long to make. */
let madeKey: Promise<JWK> | undefined;
const signingKey = () => {
  madeKey ??= new JWKStore().generate("RS256");
  return madeKey;
};

/** What a code stands for until it is exchanged. */
type Grant = { person: Person; redirectUri: string | null; needsVerifier: boolean };

type TokenForm = Partial<Record<"code" | "client_id" | "client_secret" | "redirect_uri" | "code_verifier", string>>;

const queryOf = (request: IncomingMessage) => new URL(request.url ?? "/", "http://local").searchParams;

const findPerson = (email: string | null) => people.find((person) => person.email === email);

/** What Google too would refuse to go on with, or to redirect for. */
function authorizeProblem(query: URLSearchParams, clientId: string): string | null {
  if (query.get("client_id") !== clientId) return "Error 401: invalid_client";
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!URL.canParse(redirectUri) || !["127.0.0.1", "localhost"].includes(new URL(redirectUri).hostname)) {
    return "Error 400: redirect_uri_mismatch (the local Google returns to loopback only)";
  }
  return query.get("scope")?.split(" ").includes("openid") ? null : "Error 400: scope must include openid";
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function send(response: ServerResponse, status: number, contentType: string, body: string) {
  response.writeHead(status, { "Content-Type": contentType, "Cache-Control": "no-store" }).end(body);
}
