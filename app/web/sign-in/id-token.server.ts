import { errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";
import { SignInError, unreachable } from "./sign-in-error";

/** Google signs with this; anything else (or "none") is not from Google. */
const ALGORITHMS = ["RS256"];
/** Servers' clocks may differ from Google's by so much; jose holds a future issue time against it only with a maximum age. */
const CLOCK_TOLERANCE_SECONDS = 10;
const MAX_AGE_SECONDS = 60 * 60;

const claims = z.object({
  sub: z.string().min(1),
  nonce: z.string(),
  azp: z.string().optional(),
  email: z.string().optional(),
  email_verified: z.unknown(),
  name: z.string().default(""),
  given_name: z.string().default(""),
  family_name: z.string().default(""),
  picture: z.string().default(""),
  locale: z.string().default(""),
  hd: z.string().default(""),
});

/** What Google says of a person, their e-mail verified. */
export type IdTokenClaims = z.infer<typeof claims> & { email: string; email_verified: true };

/**
 * Verifies an ID token: signature, issuer, audience, nonce, times and that the e-mail is verified.
 * @throws SignInError with a sentence for each way to fail
 */
export async function verifyIdToken(
  token: string,
  expected: { keys: JWTVerifyGetKey; issuer: string; clientId: string; nonce: string; now: Date },
): Promise<IdTokenClaims> {
  const { payload } = await jwtVerify(token, expected.keys, {
    algorithms: ALGORITHMS,
    issuer: issuerSpellings(expected.issuer),
    audience: expected.clientId,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    maxTokenAge: MAX_AGE_SECONDS,
    currentDate: expected.now,
    requiredClaims: ["exp", "nonce"],
  }).catch((error: unknown) => {
    throw explain(error, expected.now);
  });
  const said = claims.safeParse(payload);
  if (!said.success) throw badToken(said.error);
  const { nonce, azp, email } = said.data;
  if (nonce !== expected.nonce) {
    throw new SignInError("wrong-nonce", "Google's answer does not belong to this browser's sign-in. Sign in again.");
  }
  if (azp !== undefined && azp !== expected.clientId) throw wrongAudience();
  if (!email) throw new SignInError("no-email", "Google did not say which email address this account has.");
  if (said.data.email_verified !== true) {
    throw new SignInError(
      "unverified-email",
      `Google has not verified that ${email} is yours. Verify the address in your Google account, then sign in again.`,
    );
  }
  return { ...said.data, email, email_verified: true };
}

/** Google's tokens name it with or without the scheme. */
const issuerSpellings = (issuer: string) =>
  issuer === "https://accounts.google.com" ? [issuer, "accounts.google.com"] : [issuer];

/** jose's errors as sentences. */
function explain(error: unknown, now: Date): SignInError {
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "aud") return wrongAudience(error);
    const { iat } = error.payload;
    if (["iat", "nbf", "exp"].includes(error.claim) && typeof iat === "number") return wrongClock(iat, now, error);
  }
  const isUnreachable =
    error instanceof errors.JWKSTimeout ||
    error instanceof TypeError ||
    (error instanceof errors.JOSEError && error.message.includes("HTTP response"));
  return isUnreachable ? unreachable(error) : badToken(error);
}

/** Google issued the token a moment ago, so the difference to its issue time is the clocks'. */
function wrongClock(iat: number, now: Date, cause: unknown) {
  const seconds = iat - Math.floor(now.getTime() / 1_000);
  const how = `${Math.abs(seconds).toLocaleString("en-US")} seconds ${seconds > 0 ? "behind" : "ahead of"} Google's`;
  return new SignInError("clock", `This server's clock is ${how}; check NTP on the server, then sign in again.`, {
    cause,
  });
}

const wrongAudience = (cause?: unknown) =>
  new SignInError(
    "wrong-audience",
    "Google issued this sign-in for another application. Check GOOGLE_CLIENT_ID on the server.",
    { cause },
  );

const badToken = (cause: unknown) =>
  new SignInError("bad-token", "Google's answer could not be verified. Sign in again.", { cause });
