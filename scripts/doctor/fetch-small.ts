import { describeError } from "~/features/known-error";

/** Small, so that reading it twice takes no time. */
export const MOST_BYTES = 1_000_000;
const WITHIN_MS = 10_000;

/** What answers; `body` is null where it is longer, `bytes` and `etag` where the answer does not say. */
export type Answer = {
  status: number;
  location: string | null;
  bytes: number | null;
  etag: string | null;
  body: Buffer | null;
};

/** Fetches what is at an address, as far as it is small, or says why nothing answers. Redirects are not followed. */
export async function fetchSmall(address: string): Promise<Answer | { error: string; isTls: boolean }> {
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(WITHIN_MS)]);
  try {
    // Unpacked bytes would be compared with a packed length.
    const response = await fetch(address, { redirect: "manual", headers: { "Accept-Encoding": "identity" }, signal });
    const { status, headers, body } = response;
    const length = headers.get("Content-Length");
    const head = {
      status,
      // A query may be what lets someone in: a presigned link's is.
      location: headers.get("Location")?.replace(/[?#].*$/s, "") ?? null,
      bytes: length === null ? null : Number(length),
      etag: headers.get("ETag")?.replace(/^(?:W\/)?"(.*)"$/, "$1") ?? null,
    };
    const parts: Uint8Array[] = [];
    let size = 0;
    const reader = body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      size += part.value.byteLength;
      if (size > MOST_BYTES) return { ...head, body: null };
      parts.push(part.value);
    }
    return { ...head, body: Buffer.concat(parts) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { error: describeError(cause).error, isTls: isTlsError(cause) };
  } finally {
    ending.abort();
  }
}

/** As Node calls what OpenSSL refuses. */
const TLS = /^(?:ERR_(?:TLS|SSL)_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

const isTlsError = (error: unknown): boolean =>
  error instanceof Error && "code" in error && TLS.test(String(error.code));
