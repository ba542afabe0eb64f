import { createBudget } from "~/budget";
import { withoutKey } from "./record-body.server";

/** A 4K picture as PNG takes some 25 MB, base64 a third more. */
const LARGEST_BODY_BYTES = 48 * 1024 * 1024;

/**
 * What the bodies that come in at one time may add up to. Only one at a time is held more than once, while it is read: its bytes, their
 * text, the picture's text within it, the picture.
 */
const BODIES_AT_ONCE_BYTES = 160 * 1024 * 1024;

const holdBody = createBudget(BODIES_AT_ONCE_BYTES);

/** An answer was larger than is read here. */
export class BodyTooLarge extends Error {
  override name = "BodyTooLarge";
  constructor(readonly maxBytes: number) {
    super(`The answer has more than ${Math.floor(maxBytes / 1024 ** 2)} MiB`);
  }
}

/**
 * A `fetch` for the SDK that reads an answer of status 200 itself: the SDK would parse all of it into objects of its own, beside ours. It
 * is handed an empty one. The answer to an error goes through as it is. One for each call.
 * @param apiKey it is not kept
 * @param read is given the whole body, while the budget is held for it
 */
export function readLargeBody<T>(apiKey: string, read: (body: string) => T, maxBytes = LARGEST_BODY_BYTES) {
  const record: { answer: T | null; error: string | null; fetch: typeof fetch } = {
    answer: null,
    error: null,
    async fetch(input, init) {
      const response = await fetch(input, init);
      if (!response.ok) {
        record.error = withoutKey(await textOf(response, maxBytes), apiKey);
        return new Response(record.error, { status: response.status, headers: response.headers });
      }
      await holdBody(sizeOf(response, maxBytes), async () => {
        record.answer = read(await textOf(response, maxBytes));
      });
      return new Response("{}", { headers: { "content-type": "application/json" } });
    },
  };
  return record;
}

/** A body that comes compressed, or without its length, counts as the largest. */
function sizeOf({ headers }: Response, maxBytes: number): number {
  const length = headers.has("content-encoding") ? Number.NaN : Number(headers.get("content-length") ?? Number.NaN);
  return length >= 0 ? Math.min(length, maxBytes) : maxBytes;
}

/** @throws BodyTooLarge; what is left of the body is not waited for */
async function textOf({ body }: Response, maxBytes: number): Promise<string> {
  if (!body) return "";
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    bytes += next.value.length;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw new BodyTooLarge(maxBytes);
    }
    chunks.push(next.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
