import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";

/** What became of requests that were sent at a steady pace. */
export type Answered = {
  sent: number;
  /** How often each status came; an error's code where there was no answer. */
  outcomes: Record<string, number>;
  /** The longest time between two answers. */
  longestGapMs: number;
  /** The longest time that one answer took. */
  slowestMs: number;
};

/** A machine that cannot keep up is asked less, or the line before it would grow until the drain cuts it off. */
const UNDER_WAY = 40;

/**
 * Asks for a page 20 times a second, whatever is answered: every other request on a connection that is kept open, as a
 * proxy does it, the rest on new ones.
 * @returns ends the sending; what became of all that was sent
 */
export function askSteadily(url: string, headers: Record<string, string>): () => Promise<Answered> {
  const kept = new Agent({ keepAlive: true });
  const fresh = new Agent({ keepAlive: false });
  const outcomes: Record<string, number> = {};
  const underWay = new Set<Promise<void>>();
  let sent = 0;
  let lastAnswer = performance.now();
  let longestGapMs = 0;
  let slowestMs = 0;

  function note(outcome: string, sentAt: number) {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    const now = performance.now();
    slowestMs = Math.max(slowestMs, now - sentAt);
    longestGapMs = Math.max(longestGapMs, now - lastAnswer);
    lastAnswer = now;
  }
  const ask = (agent: Agent) =>
    new Promise<void>((resolve) => {
      const sentAt = performance.now();
      const end = (outcome: string) => {
        note(outcome, sentAt);
        resolve();
      };
      request(url, { agent, headers }, (response) => {
        response.resume().on("end", () => end(String(response.statusCode)));
        response.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
      })
        .on("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
        .end();
    });
  const timer = setInterval(() => {
    if (underWay.size >= UNDER_WAY) return;
    sent += 1;
    const answer = ask(sent % 2 === 0 ? kept : fresh);
    underWay.add(answer);
    void answer.then(() => underWay.delete(answer));
  }, 50);

  return async () => {
    clearInterval(timer);
    await Promise.all(underWay);
    for (const agent of [kept, fresh]) agent.destroy();
    return { sent, outcomes, longestGapMs: Math.round(longestGapMs), slowestMs: Math.round(slowestMs) };
  };
}
