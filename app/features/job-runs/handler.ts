import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One unit of work as the plan froze it. */
export type PlannedItem = {
  /** An id or a key; what the handler works on. */
  subject: string;
  /** What a person calls it (an object key), when the subject is an id. */
  label?: string;
  /** What it looked like when it was planned. */
  before?: Json;
  etag?: string;
};

/** What a plan says of itself before it is applied. Null: does not apply, or cannot be known. */
export type PlanSummary = {
  bytes?: number;
  s3Calls?: number;
  usd?: number;
  /** Further lines to read, in order: "Already have a thumbnail" – "52". */
  facts?: { label: string; value: string }[];
};

/**
 * How an item ended. `write` runs in the very transaction that records the outcome, and only if this worker still holds
 * the chunk: rows it writes exist exactly when the outcome does. `write` must not fail for one bad item.
 */
export type ItemResult = { write?: (tx: Tx) => Promise<unknown> } & (
  | { outcome: "succeeded"; after?: Json }
  | { outcome: "skipped"; reason: string }
  | {
      outcome: "failed";
      /** A short kebab-case class that failures are grouped by: "undecodable". */
      errorClass: string;
      /** What happened, to what, what to do: one sentence. */
      error: string;
      /** True: another attempt may succeed. */
      retryable?: boolean;
      /** The other side asked to wait this long. */
      retryAfterMs?: number;
    }
);

export type OpenItem = Required<Pick<PlannedItem, "subject">> & {
  seq: number;
  label: string | null;
  before: Json;
  etag: string | null;
};

export type RunContext<Payload> = { runId: number; payload: Payload; signal: AbortSignal };

export type JobHandler<Payload> = {
  /** Yields the items in pages (≤ 1,000 each) and returns the summary. Changes nothing. */
  plan(ports: Ports, context: RunContext<Payload>): AsyncGenerator<PlannedItem[], PlanSummary>;
  /** Does one item. Effects outside the database are idempotent: an item in flight at a death is done again. */
  apply(ports: Ports, item: OpenItem, context: RunContext<Payload>): Promise<ItemResult>;
};
