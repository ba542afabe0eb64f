import type { Clock } from "~/ports/clock.server";
import { quote, quoteKey } from "~/quote";
import type { Connection } from "./connection.server";
import { StorageError } from "./errors/storage-error.server";
import { presignPart } from "./presign.server";

const ANSWER_WITHIN_MS = 10_000;

/** Asks what a browser asks before it lets a page put anything: nothing is put. */
export async function admitsPages(
  connection: Connection,
  clock: Clock,
  origin: string,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<boolean> {
  const upload = { key: "incoming/asked-by-the-console", uploadId: "none" };
  const link = await presignPart(connection, clock, upload, { number: 1, bytes: 1, seconds: 60 });
  const headers = { Origin: origin, "Access-Control-Request-Method": "PUT" };
  const limits = [AbortSignal.timeout(ANSWER_WITHIN_MS), ...(signal ? [signal] : [])];
  const action = `ask whether pages of ${quote(origin)} may put objects`;
  const answer = await connection.attempt(action, signal, async () => {
    const asked = { method: "OPTIONS", headers, redirect: "manual", signal: AbortSignal.any(limits) } as const;
    const answer = await fetch(link, asked).catch(withItsReason);
    await answer.body?.cancel();
    return answer;
  });
  const problem = explainStatus(answer.status);
  if (problem !== null) {
    const sentence = `Could not ${action} in bucket ${quoteKey(connection.bucket)} at ${connection.endpoint}: ${problem}`;
    throw answer.status < 500
      ? new StorageError("invalid", sentence, false)
      : new StorageError("unavailable", sentence, true);
  }
  const origins = answer.headers.get("access-control-allow-origin");
  const methods = answer.headers.get("access-control-allow-methods") ?? "";
  return answer.ok && (origins === origin || origins === "*") && /\bPUT\b/i.test(methods);
}

/** Why an answer says nothing about pages. Null: it does; a store refuses with 403, as one that knows no CORS does with 400, 405 or 501. */
function explainStatus(status: number): string | null {
  if (status >= 300 && status < 400) {
    return `the store answered ${status}, which leads elsewhere. Set AWS_REGION and AWS_ENDPOINT_URL_S3 to where the bucket is.`;
  }
  if (status >= 500 && status !== 501) return `the store answered ${status}. It is overloaded or down; try later.`;
  return null;
}

/** What Node's fetch throws says only that it failed; its cause says why. */
function withItsReason(error: unknown): never {
  throw error instanceof TypeError && error.cause ? error.cause : error;
}
