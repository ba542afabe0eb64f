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
