import { lookup as dnsLookup } from "node:dns";
import { type Clock, systemClock } from "~/ports/clock.server";
import type { Env } from "~/ports/env.server";
import type { Lookup } from "./ask-host.server";
import { type Checked, checkAddress, checkRedirect } from "./check-address";
import { type OutsideErrorClass, OutsideFailure, placeOf } from "./outside-failure";
import { endAfter, type Image, type Limits, type Reader, type Reading, readHop } from "./read-hop.server";

export type OutsideAnswer =
  | ({ ok: true } & Image)
  | {
      ok: false;
      errorClass: OutsideErrorClass;
      /** What happened, to what, and what to do; no address in it has a query. */
      error: string;
      /** Whether waiting helps. */
      retryable: boolean;
      /** How long the server asked to be left alone. */
      retryAfterMs?: number;
    };

/** The public internet, and nothing else: no address of this machine or its network is connected to. */
export type Outside = {
  /**
   * Reads what an outside address gives, over redirects. A body may be empty.
   * @param options.maxBytes more is too-large
   * @throws what `signal` aborts with, and nothing else
   */
  read(address: string, options: { maxBytes: number; signal: AbortSignal }): Promise<OutsideAnswer>;
};

type Options = { lookup?: Lookup; limits?: Partial<Limits>; clock?: Clock };

const MOST_REDIRECTS = 5;
const defaultLimits: Limits = { totalMs: 60_000, headersMs: 10_000, slow: { overMs: 15_000, bytes: 15_000 } };

/** The one client by which images are fetched from addresses that people give. */
export function createOutside({ OUTSIDE_TEST_HOSTS }: Pick<Env, "OUTSIDE_TEST_HOSTS">, options: Options = {}): Outside {
  const reader: Reader = {
    testHosts: new Set(OUTSIDE_TEST_HOSTS),
    lookup: options.lookup ?? dnsLookup,
    limits: { ...defaultLimits, ...options.limits },
    clock: options.clock ?? systemClock,
  };
  return {
    async read(address, { maxBytes, signal }) {
      signal.throwIfAborted();
      const stop = new AbortController();
      const pass = () => stop.abort(signal.reason);
      signal.addEventListener("abort", pass, { once: true });
      try {
        return { ok: true, ...(await readOver(reader, checkAddress(address, reader), { maxBytes, stop })) };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (!(error instanceof OutsideFailure)) throw error;
        const { errorClass, message, retryable, retryAfterMs } = error;
        return { ok: false, errorClass, error: message, retryable, ...(retryAfterMs !== null && { retryAfterMs }) };
      } finally {
        signal.removeEventListener("abort", pass);
      }
    },
  };
}

/** Follows redirects by hand, for each hop is judged anew. */
async function readOver(reader: Reader, first: Checked, reading: Reading): Promise<Image> {
  const { totalMs } = reader.limits;
  const place = placeOf(first.url);
  const total = endAfter(totalMs, reading.stop, () => {
    const sentence = `${place} took longer than ${totalMs / 1_000} s, so it was given up. Try again later.`;
    return new OutsideFailure("too-slow", sentence, { retryable: true });
  });
  let hasRedirected = false;
  try {
    let hop = first;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const end = await readHop(reader, hop, reading);
      if ("body" in end) return end;
      hasRedirected = true;
      hop = checkRedirect(hop.url, end.location, reader);
    }
  } catch (error) {
    if (!(error instanceof OutsideFailure) || !hasRedirected || error.message.startsWith(place)) throw error;
    throw new OutsideFailure(error.errorClass, `${place} redirects. ${error.message}`, error);
  } finally {
    clearTimeout(total);
  }
  const toDo = "Use the address that it leads to in a browser.";
  throw new OutsideFailure("too-many-redirects", `${place} redirects more than ${MOST_REDIRECTS} times. ${toDo}`);
}
