import { z } from "zod";
import { LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import { type ObjectExtras, objectExtras } from "~/features/images/objects/object-extras";
import type { OpenItem, PlannedItem } from "~/features/job-runs/kinds/handler";
import type { StoredObject } from "~/ports/storage.server";
import { quoteKey } from "~/quote";

/** S3's own limit, in UTF-8. */
const LONGEST_KEY_BYTES = 1_024;

/** What its image's thumbnail adds: HEAD, COPY, DELETE. */
export const CALLS_A_THUMBNAIL = 3;

/** A move of another run that has no success; `etag` is what lay at its source. An undo finishes it, then puts it back. */
const interruptedMove = z.object({ runId: z.number(), seq: z.number(), etag: z.string() });
export type InterruptedMove = z.infer<typeof interruptedMove>;

/** An object as a plan froze it; `bytes` where the plan knew them. */
const objectState = z.object({
  key: z.string(),
  etag: z.string(),
  bytes: z.number().optional(),
  interrupted: interruptedMove.optional(),
  /** What an earlier move could not take along, and this one gives back. */
  lost: objectExtras.optional(),
  /** Whom its image belongs to, where the move changes that as well. */
  ownerId: z.string().nullable().optional(),
});

/** Where it shall be, and whose its image. */
export const moveTarget = z.object({ key: z.string(), ownerId: z.string().nullable().optional() });

/** The item of a plan that moves one object. Subject and label are the key that it has now. */
export function plannedMove(
  { key, etag, bytes }: Pick<StoredObject, "key" | "etag" | "bytes">,
  to: string,
): PlannedItem {
  return { subject: key, before: { key, etag, bytes }, target: { key: to }, etag };
}

/** One move of an object to another key, as an item of a run has it; `bytes` where the plan knew them. */
export type Move = {
  runId: number;
  seq: number;
  from: string;
  fromEtag: string;
  bytes: number | undefined;
  to: string;
  /** It puts an object back where another move took it from. */
  isUndo?: boolean;
  /** The move that is to be finished first. */
  interrupted?: InterruptedMove | undefined;
  lost?: ObjectExtras | undefined;
  /** The image's owner, which changes with its key and never without it. */
  owner?: { from: string | null; to: string | null } | undefined;
};

export function toMove(item: OpenItem, runId: number): Move {
  const { key, etag, bytes, interrupted, lost, ownerId } = objectState.parse(item.before);
  const target = moveTarget.parse(item.target);
  return {
    runId,
    seq: item.seq,
    from: key,
    fromEtag: etag,
    bytes,
    to: target.key,
    interrupted,
    lost,
    owner: ownerId === undefined || target.ownerId === undefined ? undefined : { from: ownerId, to: target.ownerId },
  };
}

/**
 * What a plan knows to stand in the way of a move.
 * @param taken by key, what lies there or goes there
 */
export function findMoveConflict(
  { object: { key, bytes }, to }: { object: Pick<StoredObject, "key" | "bytes">; to: string },
  taken: ReadonlyMap<string, string>,
): string | null {
  const there = taken.get(to);
  if (there === to) return whyStays.taken(key, to);
  if (there !== undefined) return whyStays.shared(there, key, to);
  if (!fitsKey(to)) return whyStays.keyTooLong(key, to);
  return bytes > LARGEST_HELD_BYTES ? whyStays.tooLarge(key) : null;
}

/** Why an object cannot go to a key, in the same words wherever it is found: while it is planned, or when it is done. */
export const whyStays = {
  taken: (from: string, to: string) => `${quoteKey(to)} exists already, so ${quoteKey(from)} stays where it is.`,
  shared: (other: string, from: string, to: string) =>
    `${quoteKey(other)} goes to ${quoteKey(to)} as well, so ${quoteKey(from)} stays where it is.`,
  replacedThere: (from: string, to: string) =>
    `Someone wrote to ${quoteKey(to)} at the same moment. Their object stays there, and ${quoteKey(from)} stays where it is.`,
  keyTooLong: (from: string, to: string) =>
    `${quoteKey(to)} is longer than the 1,024 bytes of a key, so ${quoteKey(from)} stays where it is.`,
  archived: (from: string) =>
    `${quoteKey(from)} is archived, so it stays where it is. Restore it in the store, then move it.`,
  tooLarge: (from: string) =>
    `${quoteKey(from)} has more than 128 MiB, too much to be moved here. Move it with an S3 tool.`,
};

/** True for a key that S3 takes. */
export const fitsKey = (key: string) => Buffer.byteLength(key) <= LONGEST_KEY_BYTES;

export const moveSkipped = (reason: string) => ({ outcome: "skipped" as const, reason });

/** What would take a risk that the plan did not name, because the store has changed since. */
export const needsConsent = ({ from, to }: Pick<Move, "from" | "to">) =>
  moveFailed(
    "needs-consent",
    `The store cannot tell a free key from a taken one at ${quoteKey(to)}, and no person accepted that risk. ${quoteKey(from)} stays where it is. Make the plan again and read its risk.`,
  );

export const moveFailed = (errorClass: string, error: string) => ({ outcome: "failed" as const, errorClass, error });

export const replacedMeanwhile = ({ from, to }: Move) =>
  moveFailed(
    "replaced-meanwhile",
    `${quoteKey(from)} was replaced while it was moved. It stays as it is now; what was there before lies at ${quoteKey(to)}.`,
  );
