import { isFolderMarker, placeOf, UNTRACKED_PREFIXES } from "~/features/images/key-layout";
import { kindsBelow, type StorageKind } from "~/features/storage-totals/dimensions";

/** What one object is counted as. */
export type ObjectFacts = {
  kind: StorageKind;
  /** Null: an image of nobody; undefined: what belongs to the console itself. */
  owner: string | null | undefined;
  /** The attribute root below which it lies; null: below none. */
  root: string | null;
  format: string;
  /** The folder of the images of one topic; null: it is in none. */
  article: string | null;
};

/** What the image index knows otherwise than the key: whose it is, and what its bytes are, where they were read. */
export type IndexFacts = { owner: string | null; format: string | null };

/** Formats that go by several endings, as addresses of lists spell them. */
const sameFormat: Record<string, string> = { jpg: "jpeg", tif: "tiff", heif: "heic" };
const NO_FORMAT = "none";

/** What the key of an object tells of it. */
export function factsOf(key: string, roots: readonly { name: string; prefix: string }[]): ObjectFacts {
  const root = roots.find(({ prefix }) => key.startsWith(prefix))?.name ?? null;
  const format = formatOf(key);
  const own = ownKindOf(key);
  if (own !== null) return { kind: own, owner: undefined, root, format, article: null };
  const { kind, ownerId, topic } = placeOf(key);
  return { kind, owner: ownerId, root, format, article: topic };
}

/** Null for an image. */
function ownKindOf(key: string): StorageKind | null {
  if (isFolderMarker(key)) return "folder";
  const prefix = UNTRACKED_PREFIXES.find((untracked) => key.startsWith(untracked));
  return prefix === undefined ? null : kindsBelow[prefix];
}

/** By the ending of the name: “jpeg”, “gz”, “none”. */
function formatOf(key: string): string {
  const ending = /[^/]\.([a-z0-9]{1,8})$/i.exec(key)?.[1]?.toLowerCase();
  return ending === undefined ? NO_FORMAT : (sameFormat[ending] ?? ending);
}
