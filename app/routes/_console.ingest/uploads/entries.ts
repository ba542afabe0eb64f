import { MOST_UPLOADS, type UploadFile, whyNoUpload } from "~/features/ingest/uploads/upload-file";

export type UploadState =
  | { is: "waiting" }
  /** Its bytes are read and hashed, by which the console knows it again. */
  | { is: "reading"; readBytes: number }
  | { is: "sending"; isInTrouble: boolean }
  /** Until someone has it go on. */
  | { is: "paused" }
  | { is: "uploaded" }
  | { is: "failed"; why: string }
  /** Nothing of it was sent, and nothing will be. */
  | { is: "refused"; why: string };

/** A file of this visit. `id`: what the console calls its upload, once it has begun; `known`: its fingerprint, once it was read. */
export type Entry = {
  key: number;
  name: string;
  bytes: number;
  file: File | null;
  id: number | null;
  known: UploadFile | null;
  sentBytes: number;
  state: UploadState;
};

let lastKey = 0;

/** It is done as soon as its turn has come. */
export const isUnderWay = ({ state }: Entry): boolean =>
  state.is === "waiting" || state.is === "reading" || state.is === "sending";

/** It is to be done, if someone has it go on. */
export const isUnfinished = (entry: Entry): boolean => isUnderWay(entry) || entry.state.is === "paused";

/** Those of these that are under way wait until they are resumed; one that was done in that moment stays done. */
export const withPaused = (entries: Entry[], keys: readonly number[]): Entry[] =>
  entries.map((entry) =>
    keys.includes(entry.key) && isUnderWay(entry) ? { ...entry, state: { is: "paused" } } : entry,
  );

/**
 * Those of these that are paused or failed wait for their turn again. What failed is read once more: a browser sends nothing of a file
 * that was changed meanwhile, and only reading it tells that.
 */
export const withResumed = (entries: Entry[], keys: readonly number[]): Entry[] =>
  entries.map((entry) => {
    if (!keys.includes(entry.key)) return entry;
    if (entry.state.is === "failed") return { ...entry, known: null, state: { is: "waiting" } };
    return entry.state.is === "paused" ? { ...entry, state: { is: "waiting" } } : entry;
  });

/** Files that were added. Whether one of them is here already, its bytes say once they are read. */
export function withFiles(entries: Entry[], files: Iterable<File>): Entry[] {
  const all = entries.slice();
  for (const file of files) {
    const told = { name: file.name, bytes: file.size };
    const taken = all.filter(({ state }) => state.is !== "refused").length;
    const why = whyNoUpload(told) ?? (taken < MOST_UPLOADS ? null : `A plan takes ${MOST_UPLOADS} images at most.`);
    const isSaid = all.some((one) => one.state.is === "refused" && one.name === told.name && one.bytes === told.bytes);
    if (why !== null && isSaid) continue;
    const state: UploadState = why === null ? { is: "waiting" } : { is: "refused", why };
    all.push({ ...told, key: ++lastKey, file, id: null, known: null, sentBytes: 0, state });
  }
  return all;
}

/** The console knows a file that is here already; the one that failed makes room for the one that was chosen again. */
export function withBegun(entries: Entry[], key: number, id: number): Entry[] {
  const other = entries.find((entry) => entry.id === id && entry.key !== key);
  const surplus = other?.state.is === "failed" ? other.key : other && key;
  return entries
    .filter((entry) => entry.key !== surplus)
    .map((entry) => (entry.key === key ? { ...entry, id } : entry));
}

/** One of a former visit that is there whole. */
export const withTaken = (
  entries: Entry[],
  { id, name, bytes }: { id: number; name: string; bytes: number },
): Entry[] => [
  ...entries,
  { id, name, bytes, key: ++lastKey, file: null, known: null, sentBytes: bytes, state: { is: "uploaded" } },
];
