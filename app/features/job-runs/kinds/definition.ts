import type { z } from "zod";

/** A run that begins by itself once another has ended. */
export type FollowUp = { definition: JobDefinition; payload: unknown };

/** What a kind of work is, light enough for every page and process to import. The handler that does it is elsewhere. */
export type JobDefinition<Kind extends string = string, Payload = unknown> = {
  kind: Kind;
  /** As people call it: "Back-fill thumbnails". */
  title: string;
  payload: z.ZodType<Payload>;
  /** What one run of it does, where its title alone would not tell: "Rename front_warm to front_cool". */
  describe?(payload: Payload): string;
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
  /** Whether its handler declares how `before` is put back. */
  canUndo: boolean;
};

/** Keeps the literal type of `kind`, which ties a handler to its definition. */
export function defineJob<const Kind extends string, Payload>(definition: JobDefinition<Kind, Payload>) {
  return definition;
}
