import { createHash } from "node:crypto";
import { type Found, findObject } from "~/features/images/objects/object-content.server";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead } from "~/ports/storage.server";
import { isKnownCopy } from "./journal.sql.server";
import type { Move } from "./object-move";

/** The metadata that says which move put a copy. */
const MARK = "diffs-ops-move";
/** What AWS takes of names and values together, and how many Backblaze B2 takes. */
const MOST_BYTES = 2_048;
const MOST_NAMES = 10;

type Marked = Pick<Move, "from" | "fromEtag" | "to">;

/**
 * A source's metadata with the mark of its move, in the place of an earlier move's; left out where the store would refuse so
 * much. By it the copy is known for ours where the journal is lost (docs/decisions/039-a-database-of-an-earlier-moment.md).
 */
export function markCopy(metadata: Record<string, string>, move: Marked, sha256: string): Record<string, string> {
  const { [MARK]: _, ...others } = metadata;
  const marked = { ...others, [MARK]: `${here(move.to)}-${digest([move.from, move.fromEtag, move.to, sha256], 32)}` };
  const bytes = Object.entries(marked).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(`x-amz-meta-${name}${value}`),
    0,
  );
  return bytes > MOST_BYTES || Object.keys(marked).length > MOST_NAMES ? others : marked;
}

/**
 * What lies at the target of a move that has no journal, if just this move put it all the same: from this key, of this ETag, to
 * this key, and these bytes, and no move that the database knows did. Anything else there is someone's, also the same bytes
 * without the mark, and the mark on other bytes.
 * @param head as the target was looked at
 */
export async function findOwnCopy(
  { db, storage }: Pick<Ports, "db" | "storage">,
  move: Marked,
  head: ObjectHead | null,
  signal: AbortSignal,
): Promise<Found | null> {
  if (head === null || !wasPlacedHere(head)) return null;
  const found = await findObject(storage, move.to, { signal });
  if (found === null || found === "too-large") return null;
  if (found.head.metadata[MARK] !== markCopy({}, move, found.sha256)[MARK]) return null;
  return (await isKnownCopy(db, move)) ? null : found;
}

/** True for a copy that some move put at this very key, which was free then. */
export const wasPlacedHere = ({ key, metadata }: ObjectHead): boolean =>
  metadata[MARK]?.startsWith(`${here(key)}-`) ?? false;

const here = (key: string) => digest([key], 16);

const digest = (parts: string[], digits: number) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, digits);
