import type { IncomingMessage } from "node:http";
import type { Clock } from "~/ports/clock.server";
import { explainFailure, isCertificateFailure } from "~/ports/explain-failure";
import { retryAfterMs } from "~/ports/retry-after";
import { askHost, type Lookup } from "./ask-host.server";
import type { Checked } from "./check-address";
import { explainStatus } from "./explain-status";
import { OutsideFailure, placeOf } from "./outside-failure";
import { readBody, type SlowLimit } from "./read-body.server";

/** Where an answer leads, as its header has it. */
type Redirect = { location: string };

/** What came. Its type is as the server has it, and no proof of anything. */
export type Image = { body: Buffer; contentType: string | null };

export type Limits = {
  /** For all of it, redirects included. */
  totalMs: number;
  /** Until an answer's headers came: for each redirect anew. */
  headersMs: number;
  slow: SlowLimit;
};

export type Reader = { testHosts: ReadonlySet<string>; lookup: Lookup; limits: Limits; clock: Clock };

/** @param stop is aborted with whatever ends the reading early */
export type Reading = { maxBytes: number; stop: AbortController };

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Asks one host.
 * @returns the image, or where the host redirects to
 * @throws OutsideFailure, or what the reading is stopped with
 */
export async function readHop(reader: Reader, hop: Checked, { maxBytes, stop }: Reading): Promise<Image | Redirect> {
  const { url } = hop;
  const { limits } = reader;
  const silent = endAfter(limits.headersMs, stop, () => {
    const sentence = `${placeOf(url)} did not answer within ${limits.headersMs / 1_000} s. Try again later.`;
    return new OutsideFailure("unavailable", sentence, { retryable: true });
  });
  const answer = await askHost(hop, reader.lookup, stop.signal)
    .catch((error: unknown) => {
      throw failure(stop, error, unreached(url, error));
    })
    .finally(() => clearTimeout(silent));
  try {
    const redirect = judgeHeaders(url, answer, reader.clock);
    if (redirect) return redirect;
    const body = await readBody(url, answer, { maxBytes, slow: limits.slow, stop });
    return { body, contentType: answer.headers["content-type"] ?? null };
  } catch (error) {
    const sentence = `${placeOf(url)} ended the connection before the image was whole. Try again later.`;
    throw failure(stop, error, new OutsideFailure("unavailable", sentence, { retryable: true }));
  } finally {
    answer.destroy();
  }
}

/** Stops the reading unless the timer is cleared before. */
export const endAfter = (ms: number, stop: AbortController, why: () => OutsideFailure) =>
  setTimeout(() => stop.abort(why()), ms);

/** @returns where it redirects to, or null where the body is what was asked for */
function judgeHeaders(url: URL, { statusCode = 0, headers }: IncomingMessage, clock: Clock): Redirect | null {
  if (statusCode === 200) return null;
  if (REDIRECTS.has(statusCode) && headers.location !== undefined) {
    return { location: headers.location };
  }
  throw explainStatus(url, statusCode, retryAfterMs(headers["retry-after"] ?? null, clock.now()));
}

/** Whoever stopped the reading says why; a connection that ends by it says only that it ended. */
function failure({ signal }: AbortController, error: unknown, ofConnection: OutsideFailure): unknown {
  if (signal.aborted) return signal.reason;
  return error instanceof OutsideFailure ? error : ofConnection;
}

function unreached(url: URL, error: unknown): OutsideFailure {
  const retryable = !isCertificateFailure(error);
  const toDo = retryable ? "Look at the address, or try again later." : "Use another address, or upload the image.";
  return new OutsideFailure("unavailable", `${explainFailure(url.host, error)} ${toDo}`, { retryable });
}
