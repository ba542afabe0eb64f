import type { z } from "zod";
import type { AlertKind } from "~/features/alerts/alert";
import type { Tx } from "~/ports/db.server";
import type { DescribeState } from "./state-words";

/** A run that begins by itself once another has ended. */
export type FollowUp = { definition: JobDefinition; payload: unknown };

/** What a kind of work is, light enough for every process to import. The handler that does it is elsewhere. */
export type JobDefinition<Kind extends string = string, Payload = unknown> = {
  kind: Kind;
  /** As people call it: "Backfill thumbnails". */
  title: string;
  payload: z.ZodType<Payload>;
  /** What one run of it does, where its title alone would not tell: "Rename “front_warm” to “front_cool”". */
  describe?(payload: Payload): string;
  /**
   * Throws a DomainError for a run that must not go on now, because of others at work: asked in the transaction that starts
   * it, applies it or retries what failed. Null: it may run beside any other.
   */
  guard: ((tx: Tx, runId: number) => Promise<void>) | null;
  /** What its items were, shall be or became, in words for its page; null where there is nothing to tell. */
  describeState?: DescribeState;
  /** What starts it with one press, over everything. A scan changes nothing and applies its own plan. */
  start?: { label: string; payload: Payload; autoApply: boolean };
  /** Where a run of it is looked at, when it has a page of its own: "/label-runs/12". */
  page?(runId: number): string;
  /** What a run of it is about, for a link beside its title: "Groups of Model". */
  subject?(run: { id: number; payload: Payload }): { label: string; to: string };
  /** The alerts that its items raise, each with the page that it leads to. */
  alerts?: readonly AlertKind[];
  /** What a run or its undo leaves to be done, once its last item has an outcome: it starts and applies by itself. */
  followUp?(payload: Payload): FollowUp;
  /** Someone waits for an interactive run; bulk runs give way to it. */
  lane: "interactive" | "bulk";
  /** Items a chunk: what one worker leases at once. */
  chunkSize: number;
  /** Items of one chunk in flight at once. */
  itemConcurrency: number;
  /** Chunks of this kind leased at once, over all workers. */
  chunkConcurrency: number;
  /** Attempts an item, the first included; waits grow from baseMs to maxMs with jitter. Only retryable classes retry. */
  retry: { attempts: number; baseMs: number; maxMs: number };
  /** An attempt that takes longer failed with class "timeout". */
  itemTimeoutMs: number;
};

/** Keeps the literal type of `kind`, which ties a handler to its definition. */
export function defineJob<const Kind extends string, Payload>(definition: JobDefinition<Kind, Payload>) {
  return definition;
}
