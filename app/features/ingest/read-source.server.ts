import { createBudget } from "~/features/budget";
import { holdObject, LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import type { ItemResult } from "~/features/job-runs/kinds/handler";
import { incomingKey } from "~/features/storage/keep-incoming.server";
import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import { quote, quoteKey } from "~/quote";
import type { IngestSource } from "./ingest-source";

/** Of an address; what comes with a list, or lies in the bucket, may have 128 MiB. */
const LARGEST_OUTSIDE_BYTES = 64 * 1024 * 1024;
/** So many are fetched at once: a slow server must keep nothing else from being read. */
const fetching = createBudget(8);
/** A server that wants to be left alone for longer is tried by the next attempt all the same, or by a person. */
const LONGEST_WAIT_MS = 30_000;

/**
 * Reads the bytes of a source, and has them worked on while they count against what may be held at once.
 * @throws StorageError
 */
export async function withSource(
  ports: Ports,
  source: IngestSource,
  work: (bytes: Buffer) => Promise<ItemResult>,
  signal: AbortSignal,
): Promise<ItemResult> {
  if (source.kind === "url") {
    const options = { maxBytes: LARGEST_OUTSIDE_BYTES, signal };
    const answer = await fetching(1, () => ports.outside.read(source.url, options));
    if (answer.ok) return holdObject(answer.body.length, () => work(answer.body));
    const { ok, retryAfterMs, ...failure } = answer;
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs: Math.min(retryAfterMs, LONGEST_WAIT_MS) };
    return { outcome: "failed", ...failure, ...wait };
  }
  const key = source.kind === "bytes" ? incomingKey(source.sha256) : source.key;
  try {
    const head = await ports.storage.head(key, { signal });
    if (!head) return gone(source);
    return await holdObject(head.bytes, async () => {
      const { body } = await ports.storage.get(key, { maxBytes: LARGEST_HELD_BYTES, signal });
      return work(body);
    });
  } catch (error) {
    if (isStorageError(error) && error.code === "not-found") return gone(source);
    throw error;
  }
}

function gone(source: Exclude<IngestSource, { kind: "url" }>): ItemResult {
  return { outcome: "failed", errorClass: "not-found", error: explainGone(source) };
}

function explainGone(source: Exclude<IngestSource, { kind: "url" }>): string {
  switch (source.kind) {
    case "object":
      return `There is no object ${quoteKey(source.key)} in the bucket.`;
    case "bytes":
      return "What came with the list waited for more than three days, and was removed. Give the list again.";
    case "upload":
      return `${quote(source.told)} waited for more than three days, and was removed. Upload it again.`;
  }
}
