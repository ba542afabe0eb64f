import type { Handler } from "express";
import { respondToError } from "./respond-to-error.server";

const noStore = { "Cache-Control": "no-store" };

/** A refusal as programs read it: {"error": "a sentence"}. */
export function jsonError(status: number, sentence: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: sentence }, { status, headers: { ...noStore, ...headers } });
}

/** Answers a program with what `work` gives, as JSON; errors whose sentence is meant for people are refusals in JSON too. */
export async function answerJson(work: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await work(), { headers: noStore });
  } catch (error) {
    const refusal = respondToError(error);
    if (!refusal) throw error;
    // To a person's form 422 says "mend a field"; to a program its request is bad.
    return jsonError(refusal.status === 422 ? 400 : refusal.status, await refusal.text());
  }
}

/**
 * Below /api everything is read and nothing changed, so that no request there needs a page of ours as its origin: told
 * before that is asked.
 */
export const refuseApiChanges: Handler = (request, response, next) => {
  if (request.method === "GET" || request.method === "HEAD") return next();
  const error = `${request.method} is not supported here; use GET.`;
  response
    .status(405)
    .set({ ...noStore, Allow: "GET, HEAD" })
    .json({ error });
};
