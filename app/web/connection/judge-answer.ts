import { BUILD_HEADER, SIGNED_OUT_HEADER } from "~/web/server/answer-headers";
import type { Trouble } from "./trouble";

/** Remix's own mark: an answer without it comes from something in between, such as a proxy without a server behind it. */
const isOurs = (answer: Response) => answer.headers.get("X-Remix-Response") === "yes";

/**
 * What keeps an answer to a request for data from being shown; null for one that a page can show, refusals included.
 * @param build the one that the page was made by
 */
export function judgeAnswer(answer: Response, build: string): Trouble | null {
  if (!isOurs(answer)) return "unreachable";
  if (answer.headers.has(SIGNED_OUT_HEADER)) return "signed-out";
  if ((answer.headers.get(BUILD_HEADER) ?? build) !== build) return "updated";
  return answer.status >= 500 ? "failing" : null;
}

/** What to tell whoever sent a form that was not done; null for an answer that the page deals with itself. */
export async function judgeSent(answer: Response | null): Promise<string | null> {
  const kept = "What you typed is still here";
  if (answer === null) {
    return `The server did not answer, so this may not have been done. ${kept}: look at the page once it is back, then try again.`;
  }
  if (answer.headers.has(SIGNED_OUT_HEADER)) {
    return `This was not done, because your session has ended. ${kept}: sign in again, then try once more.`;
  }
  if (isOurs(answer)) {
    if (answer.status < 500) return null;
    return `The server had a problem, so this may not have been done. ${kept}; try again in a moment.`;
  }
  const isSentence = answer.status < 500 && answer.headers.get("Content-Type")?.startsWith("text/plain");
  return isSentence ? `This was not done. ${await answer.text()}` : judgeSent(null);
}

const FIRST_MS = 1_000;
const AT_MOST_MS = 12_000;

/**
 * How long to wait before the next try, in ms: 1 s, doubled with each failure, 15 s at most.
 * @param chance from 0 to 1, so that after a restart not all pages ask at once
 */
export const retryDelay = (failures: number, chance: number) =>
  Math.min(FIRST_MS * 2 ** (failures - 1), AT_MOST_MS) * (0.75 + chance / 2);
