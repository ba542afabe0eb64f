import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type Found, findObject, isSame } from "~/features/images/objects/object-content.server";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead } from "~/ports/storage.server";
import { findMoveThere, isKnownCopy } from "./journal.sql.server";
import type { Move } from "./object-move";

/** The metadata that says which move put a copy. */
const MARK = "diffs-ops-move";
const MARK_LENGTH = 32;
/** What AWS takes of names and values together, and how many Backblaze B2 takes. */
const MOST_BYTES = 2_048;
const MOST_NAMES = 10;

type Marked = Pick<Move, "from" | "fromEtag" | "to" | "isUndo">;

/**
 * A source's metadata as its copy gets it: with the mark of its move, left out where the store would refuse so much. By it the
 * copy is known for ours where the journal is lost (docs/decisions/039-a-database-of-an-earlier-moment.md). What an undo puts
 * back is as it was, so it gets none.
 */
export function markCopy(metadata: Record<string, string>, move: Marked, sha256: string): Record<string, string> {
  const plain = withoutMark(metadata);
  if (move.isUndo || !hasRoomForMark(metadata)) return plain;
  return { ...plain, [MARK]: markOf(move, sha256) };
}

/** Whether stores take the mark beside an object's own metadata. */
export function hasRoomForMark(metadata: Record<string, string>): boolean {
  const marked = { ...metadata, [MARK]: "0".repeat(MARK_LENGTH) };
  const texts = Object.entries(marked).map(([name, value]) => `x-amz-meta-${name}${value}`);
  return Buffer.byteLength(texts.join("")) <= MOST_BYTES && texts.length <= MOST_NAMES;
}

/**
 * What lies at the target of a move that has no journal, if it is this move's own copy all the same, and no move that the database
 * knows put it there: its mark names just this move and just these bytes. For an undo it has the bytes that the undone move
 * took away from there, and the headers of the source if that is still there. Anything else is someone's.
 * @param head the target as it was looked at
 * @param source null: it is gone, or no longer what was planned, so that nothing will be deleted
 */
export async function findOwnCopy(
  { db, storage }: Pick<Ports, "db" | "storage">,
  move: Marked,
  { head, source, signal }: { head: ObjectHead | null; source: ObjectHead | null; signal: AbortSignal },
): Promise<Found | null> {
  if (head === null || (!move.isUndo && head.metadata[MARK] === undefined)) return null;
  const undone = move.isUndo ? await findMoveThere(db, { from: move.to, to: move.from }) : null;
  // Looked at before its bytes are read, of which there may be many.
  if (move.isUndo && undone?.bytes !== head.bytes) return null;
  if (await isKnownCopy(db, move)) return null;
  const found = await findObject(storage, move.to, { signal });
  if (found === null || found === "too-large") return null;
  if (move.isUndo) {
    if (!undone || !isSame(found, undone)) return null;
    if (source && !isDeepStrictEqual(headersOf(found.head), headersOf(source))) return null;
    return found;
  }
  return isMarkedFor(found, move) ? found : null;
}

/** Whether an object with these bytes was put by the move, or conversion, of just this source to this key. */
export const isMarkedFor = (found: Found | "too-large" | null, move: Marked): found is Found =>
  found !== null && found !== "too-large" && found.head.metadata[MARK] === markOf(move, found.sha256);

const markOf = ({ from, fromEtag, to }: Marked, sha256: string) =>
  createHash("sha256")
    .update(JSON.stringify([from, fromEtag, to, sha256]))
    .digest("hex")
    .slice(0, MARK_LENGTH);

/** Metadata as the object had it before a move marked it. */
export const withoutMark = ({ [MARK]: _, ...others }: Record<string, string>): Record<string, string> => others;

const headersOf = (head: ObjectHead) => [
  head.contentType,
  withoutMark(head.metadata),
  head.cacheControl,
  head.contentDisposition,
  head.contentEncoding,
  head.contentLanguage,
  head.expires,
  head.websiteRedirect,
  head.tagCount,
];
