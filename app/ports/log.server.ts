import { type DestinationStream, type Logger, pino } from "pino";
import type { Env } from "./env.server";

export type Log = Logger;

/** Anything shorter stands in too many words to be cut out of a line. */
const SHORTEST_SECRET = 8;

/** A shorter path (“/alerts”) is a name rather than a secret, and stands in other lines, too. */
const SHORTEST_PATH = 16;

/** Who knows the path of a webhook can write to its channel. */
function addressSecrets(address: string | undefined): string[] {
  if (address === undefined) return [];
  const { pathname, search } = new URL(address);
  return [address, pathname + search, pathname].filter((part) => part.length >= SHORTEST_PATH);
}

/** What must be read nowhere, whatever the name under which it comes. */
export const secretsOf = (env: Env): string[] =>
  [
    env.SESSION_SECRET,
    env.GOOGLE_CLIENT_SECRET,
    env.AWS_SECRET_ACCESS_KEY,
    env.AWS_SESSION_TOKEN,
    env.GEMINI_API_KEY,
    env.REFERENCE_TOKEN,
    env.METRICS_TOKEN,
    env.ALERT_WEBHOOK_SECRET,
    ...addressSecrets(env.ALERT_WEBHOOK_URL),
  ].flatMap((secret) => (secret !== undefined && secret.length >= SHORTEST_SECRET ? [secret] : []));

/**
 * JSON lines on stderr: stdout belongs to what a script prints.
 * Secrets, bearer tokens, cookies, and the queries and passwords of addresses (a presigned link is one) never reach the log,
 * wherever in a line they stand, an error's text included.
 * @param options.secrets each is looked for as it is
 */
export function createLog(level: string, options: { secrets?: string[]; to?: DestinationStream } = {}): Log {
  // Not the descriptor itself: in a cluster of pm2 that is the daemon's, and only this stream leads to the log of the process.
  const { secrets = [], to = process.stderr } = options;
  const asWritten = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  return pino(
    {
      level,
      redact: {
        paths: ["*.authorization", "*.cookie", "headers.authorization", "headers.cookie", "*.secret", "*.apiKey"],
        censor: "[removed]",
      },
      hooks: { streamWrite: (line) => hide(line, asWritten) },
    },
    to,
  );
}

/** @param line of JSON, so that no text in it holds a bare quote or line break */
function hide(line: string, secrets: string[]): string {
  const without = secrets.reduce((text, secret) => text.replaceAll(secret, "[removed]"), line);
  return without
    .replace(/\b(https?:\/\/)[^\s/"'\\@]+@/gi, "$1[removed]@")
    .replace(/\b(https?:\/\/[^\s"'\\?#]*\?)[^\s"'\\]+/gi, "$1[removed]")
    .replace(/\b(Bearer +)[\w\-.~+/]+=*/gi, "$1[removed]");
}
