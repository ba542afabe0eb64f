import type { Json } from "~/features/json-column";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { Sql } from "~/ports/sql.server";
import type { PlanSummary } from "./plan-summary";

/** One unit of work as the plan froze it. */
export type PlannedItem = {
  /** An id or a key; what the handler works on. */
  subject: string;
  /** What a person calls it (an object key), when the subject is an id. */
  label?: string;
  /** What it looked like when it was planned. */
  before?: Json;
  /** What it shall look like, where the plan can tell. */
  target?: Json;
  etag?: string;
};

/**
 * How an item ended, or why it stays open. `write` runs in the very transaction that records it, and only if this worker
 * still holds the chunk: rows it writes exist exactly when the outcome does. `write` must not fail for one bad item.
 */
export type ItemResult = { write?: (tx: Tx) => Promise<unknown> } & (
  | { outcome: "succeeded"; after?: Json }
  | LeftOpen
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

/** An item without an outcome yet. Nothing is counted, and its attempts stay what they were. */
export type LeftOpen =
  | {
      outcome: "open";
      /**
       * Nothing can go on for now (a budget is spent, keys ran out): the run pauses with this reason, a sentence that says
       * what happened and what to do before it is resumed. Resuming begins with this item again.
       */
      pause: string;
      /** When that is over by itself: the run waits until then, and is no one's to mend before. */
      until?: Date;
    }
  | {
      outcome: "open";
      /**
       * The item waits for something outside, for hours or days. It holds no lease and no lane, and `apply` is called again
       * once so long has passed (a second at least): a span, and no time, for the clock may be set at any moment. The run
       * goes on with its other items.
       */
      park: { forMs: number; reason: string };
    };

export type OpenItem = {
  seq: number;
  subject: string;
  label: string | null;
  before: Json;
  target: Json;
  etag: string | null;
  /** Attempts of former tries (retry failed); 0 at first. */
  attempts: number;
};

export type RunContext<Payload> = { runId: number; payload: Payload; signal: AbortSignal };

/** What an item is done under. */
export type ItemContext<Payload> = RunContext<Payload> & {
  /** Whether a person accepted the danger that the plan named (`needsConsent`). */
  hasConsent: boolean;
  /**
   * Prolongs the chunk's lease (15 s) as the first statement of a transaction of the handler's own, so that rows it writes
   * and effects that follow at once are this worker's alone to make.
   * @throws LeaseLost when another worker has taken the chunk over: write nothing more
   */
  hold(tx: Tx): Promise<void>;
  /**
   * Says what this item waits for at the moment ("Gemini's quota of this minute is used up"), or null once it goes on. Pages
   * show it within seconds while the run stands still; an outcome of the item ends it.
   */
  waiting(reason: string | null): void;
};

/** The items firstSeq..lastSeq of a run. */
export type ItemRange = { runId: number; firstSeq: number; lastSeq: number };

/** What a plan may lose or endanger. */
export type Foreseen = Pick<PlanSummary, "warnings" | "needsConsent">;

/** How a kind puts back what its items changed: `before` is what an item left behind, `target` what was there before. */
export type Undo<Payload> = {
  /** For each item, why it cannot be put back (as a sentence), or null: nothing changed it since. Changes nothing. */
  findConflicts(ports: Ports, items: OpenItem[], context: RunContext<Payload>): Promise<(string | null)[]>;
  /**
   * What items of the run that is undone left behind without a success (a worker died, and the run was cancelled then),
   * by `seq`: `before` of what is restored. Without it only what succeeded is put back.
   */
  findLeft?(ports: Ports, range: ItemRange): Promise<ReadonlyMap<number, Json>>;
  /**
   * What putting items back may lose or endanger, for the plan to say once it has seen them all, page after page. A run may
   * have a million: keep little of each.
   */
  foresee?(ports: Ports, context: RunContext<Payload>): { see(items: OpenItem[]): void; tell(): Promise<Foreseen> };
  /** Puts one item back if it still is as `before` says, else skips it with the reason. */
  restore(ports: Ports, item: OpenItem, context: ItemContext<Payload>): Promise<ItemResult>;
};

/** A kind whose items are done one by one. */
export type ItemHandler<Payload> = {
  /** Yields the items in pages (≤ 1,000 each) and returns the summary. Changes nothing. */
  plan(ports: Ports, context: RunContext<Payload>): AsyncGenerator<PlannedItem[], PlanSummary>;
  /** Does one item. Effects outside the database are idempotent: an item in flight at a death is done again. */
  apply(ports: Ports, item: OpenItem, context: ItemContext<Payload>): Promise<ItemResult>;
  undo?: Undo<Payload>;
};

/** What a set-based kind changes rows under: for whom (as JobRun.actor), and when. */
export type SetContext<Payload> = RunContext<Payload> & { actor: string; at: Date };

/** How a set-based kind puts back what a run changed: `before` is what an item became, `target` what it was. */
export type SetUndo<Payload> = {
  /** What an item shall be, of what it was and what it became (JSON as text), where that is not just what it was. */
  target?(was: Sql, became: Sql): Sql;
  /** How many items of the range something changed since, and at most `sample` of them as sentences. Changes nothing. */
  findConflicts(
    ports: Ports,
    range: ItemRange,
    context: RunContext<Payload> & { sample: number },
  ): Promise<{ count: number; sample: string[] }>;
  /** Puts the open items of a range back, and skips those that are no longer as `before` says; see `applyChunk`. */
  undoChunk(tx: Tx, range: ItemRange, context: SetContext<Payload>): Promise<void>;
};

/**
 * A kind that changes rows only, many in one statement: items never pass through JavaScript, and an item that succeeds has
 * no write of its own in the ledger. It has become its `target`.
 */
export type SetHandler<Payload> = {
  /**
   * Yields what to put into the plan, page after page, and is told which items each page became; returns the summary. A page
   * is a SELECT of `position` (0, 1, 2, … in their order), `subject`, `label`, `before` and `target` (JSON as text), which the
   * engine inserts as it reads them, within a write: which rows they are is to be found out before, without one.
   * @param size how many items a page may have now: as many as a short write takes, by what the last ones took
   */
  planSet(ports: Ports, context: RunContext<Payload>, size: () => number): AsyncGenerator<Sql, PlanSummary, ItemRange>;
  /**
   * Does the open items of a range (those without an outcome), all through `tx`, in few statements. Only items that do not
   * succeed get an outcome here, with `reason`, or `errorClass` and `error`: whatever is left has succeeded with the chunk.
   */
  applyChunk(tx: Tx, range: ItemRange, context: SetContext<Payload>): Promise<void>;
  undo?: SetUndo<Payload>;
};

export type JobHandler<Payload> = ItemHandler<Payload> | SetHandler<Payload>;

export const isSetBased = <Payload>(handler: JobHandler<Payload>): handler is SetHandler<Payload> =>
  "applyChunk" in handler;
