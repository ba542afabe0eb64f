import type { Answered } from "~/features/labeling/review/decide-each.server";

/** What became of what was sent; `refusal` says why nothing did. */
export type Answer = { answers: Answered[] } | { said: string; proposalId: number | null } | { refusal: string };

/**
 * Sends decisions past the router, which would read the whole page again after each, and let go of one that is on its way
 * when someone goes on to another page.
 */
export async function sendDecisions(runId: number, form: Record<string, string>): Promise<Answer> {
  const answer = await fetch(`/label-runs/${runId}/decisions`, {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
    keepalive: true,
  }).catch(() => null);
  if (answer?.ok) return answer.json();
  if (answer?.type === "opaqueredirect") {
    return { refusal: "This was not decided, because your session has ended. Sign in again, then decide once more." };
  }
  if (answer && answer.status < 500) return { refusal: `This was not decided. ${await answer.text()}` };
  return {
    refusal: "The server did not answer, so this may not have been decided. Look at the page, then decide again.",
  };
}
