import type { Clock } from "~/ports/clock.server";
import { quote } from "~/quote";
import type { Connection } from "./connection.server";
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
  const answer = await connection.attempt(`ask whether pages of ${quote(origin)} may put objects`, signal, () =>
    fetch(link, { method: "OPTIONS", headers, redirect: "manual", signal: AbortSignal.any(limits) }).catch(
      withItsReason,
    ),
  );
  const origins = answer.headers.get("access-control-allow-origin");
  const methods = answer.headers.get("access-control-allow-methods") ?? "";
  return answer.ok && (origins === origin || origins === "*") && /\bPUT\b/i.test(methods);
}

/** What Node's fetch throws says only that it failed; its cause says why. */
function withItsReason(error: unknown): never {
  throw error instanceof TypeError && error.cause ? error.cause : error;
}
