/** No wait that a receiver asks for is longer: it would be forgotten. */
const LONGEST_WAIT_MS = 60 * 60_000;

type Refusal = { status: number; word: string; address: string };

/** What it means that a receiver answered so, and what to do where only a person can do it. */
export function explainAnswer(host: string, { status, word, address }: Refusal): string {
  const answer = `${host} answered ${status}${wordOf(word, address)}`;
  if (status >= 300 && status < 400) {
    return `${answer}, a redirect, which is not followed: ALERT_WEBHOOK_URL must be the address itself.`;
  }
  if (status === 429) return `${answer}: it takes no more messages for now.`;
  if (status === 408 || status >= 500) return `${answer}.`;
  return `${answer}, a refusal. Look at ALERT_WEBHOOK_URL: the channel or its webhook may be gone.`;
}

/**
 * The word by which Slack and its like refuse: “ (no_service)”. Any other body may hold the path that was asked for, which is a
 * secret.
 */
function wordOf(text: string, address: string): string {
  const word = text.trim();
  return /^[a-z][a-z_]{2,39}$/.test(word) && !address.includes(word) ? ` (${word})` : "";
}

const causes: Record<string, string> = {
  ENOTFOUND: "there is no such name",
  EAI_AGAIN: "its name could not be looked up",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "it ended the connection",
  UND_ERR_SOCKET: "it ended the connection",
  ETIMEDOUT: "it did not answer",
  UND_ERR_CONNECT_TIMEOUT: "it did not answer",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no way to it",
};

/** Why no answer came, in words, of which none are the error's own: those may hold the address. */
export function explainFailure(host: string, error: unknown): string {
  const code = codeOf(error);
  if (code === null) return `${host} could not be reached.`;
  const why = causes[code] ?? tlsCause(code);
  return `${host} could not be reached: ${why === null ? code : `${why} (${code})`}.`;
}

function tlsCause(code: string): string | null {
  if (/CERT|SIGNATURE|ALTNAME/.test(code)) return "its certificate is not accepted";
  return /^(ERR_SSL|EPROTO)/.test(code) ? "it does not speak TLS" : null;
}

/** fetch wraps what the connection said as its cause. */
function codeOf(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(at.code)) return at.code;
  }
  return null;
}

/** How long a receiver asked to be left alone, in seconds or until a date; an hour at most, null where it did not. */
export function retryAfterMs(header: string | null, at: Date): number | null {
  const text = header?.trim() ?? "";
  if (text === "") return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - at.getTime();
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}
