import { createHash } from "node:crypto";
import type { ItemContext, ItemResult } from "~/features/job-runs/handler";
import { isStorageError } from "~/features/storage/storage-failure";
import type { ObjectMove, Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead, Storage } from "~/ports/storage.server";
import { beginMove } from "./move-object.sql.server";
import { LARGEST_MOVED_BYTES, type Move, moveFailed, moveSkipped, replacedMeanwhile, whyStays } from "./object-move";

/** The target as it was read back. */
export type Copied = { etag: string };

type Content = { sha256: string; bytes: number };
type Found = Content & { head: ObjectHead; body: Buffer };

/**
 * Copies the source to the target's key, which must be free, and compares what was written; or finds that a former
 * attempt did so. The journal is written before the copy: from then on an object at the target with the same size and
 * SHA-256 is ours.
 * @returns how the item ended where there is nothing (more) to copy
 */
export async function copyToTarget(
  ports: Ports,
  move: Move,
  journal: ObjectMove | null,
  context: ItemContext<unknown>,
): Promise<Copied | ItemResult> {
  const { storage } = ports;
  const { from, to } = move;
  const { signal } = context;
  if ((move.bytes ?? 0) > LARGEST_MOVED_BYTES) return tooLarge(from);
  const [source, present] = await Promise.all([find(storage, from, signal), storage.head(to, { signal })]);
  if (source === "too-large") return tooLarge(from);
  if (source?.head.etag !== move.fromEtag) return withoutSource(storage, move, { journal, source, signal });
  // What lies there before the journal does is not ours, whatever its bytes.
  if (present && !journal) return collision(move);
  const rival = await beginMove(ports, move, source, context);
  if (rival !== null) return moveSkipped(rival);
  const isWritten = await putNew(storage, to, source, signal);
  const target = await find(storage, to, signal);
  if (isSame(target, source)) return { etag: target.head.etag };
  if (!isWritten) return collision(move);
  return moveFailed("copy-differs", `The copy at “${to}” is not what was written there, so “${from}” stays. Retry it.`);
}

/** The source is not what was planned. A copy that a former attempt made is then perhaps all that is left of it. */
async function withoutSource(
  storage: Storage,
  move: Move,
  { journal, source, signal }: { journal: ObjectMove | null; source: Found | null; signal: AbortSignal },
): Promise<Copied | ItemResult> {
  const target = journal && (await find(storage, move.to, signal));
  if (journal && isSame(target, { sha256: journal.sha256, bytes: Number(journal.bytes) })) {
    return source ? replacedMeanwhile(move) : { etag: target.head.etag };
  }
  const what = source ? "has changed" : "is gone";
  return { ...moveSkipped(`“${move.from}” ${what} since the plan was made.`), write: forget(move) };
}

/** Null: there is no such object. */
async function find(storage: Storage, key: string, signal: AbortSignal): Promise<Found | "too-large" | null> {
  try {
    const { head, body } = await storage.get(key, { maxBytes: LARGEST_MOVED_BYTES, signal });
    return { head, body, bytes: body.length, sha256: createHash("sha256").update(body).digest("hex") };
  } catch (error) {
    if (isStorageError(error) && error.code === "not-found") return null;
    if (isStorageError(error) && error.code === "too-large") return "too-large";
    throw error;
  }
}

/** False when the key is taken: by an earlier attempt of ours, or by somebody else. */
async function putNew(storage: Storage, key: string, { head, body }: Found, signal: AbortSignal): Promise<boolean> {
  // What S3 itself says of an object that was stored without a type.
  const contentType = head.contentType ?? "binary/octet-stream";
  try {
    await storage.put(key, body, { ...head, contentType, createOnly: true, signal });
    return true;
  } catch (error) {
    if (isStorageError(error) && error.code === "exists") return false;
    throw error;
  }
}

const isSame = (found: Found | "too-large" | null, { sha256, bytes }: Content): found is Found =>
  found !== null && found !== "too-large" && found.sha256 === sha256 && found.bytes === bytes;

const collision = (move: Move): ItemResult => ({
  ...moveSkipped(whyStays.taken(move.from, move.to)),
  write: forget(move),
});

const tooLarge = (from: string) => moveFailed("too-large", whyStays.tooLarge(from));

/** An item that is over has no claim to the target any more. */
const forget =
  ({ runId, seq }: Move) =>
  (tx: Tx) =>
    tx.objectMove.deleteMany({ where: { runId, seq } });
