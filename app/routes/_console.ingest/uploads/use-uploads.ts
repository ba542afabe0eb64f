import { useEffect, useRef, useState } from "react";
import { MOST_UPLOADS, whyNoUpload } from "~/features/ingest/uploads/upload-file";
import { askUploads, StepFailed } from "./ask-uploads";
import { sendFile } from "./send-file";

export type UploadState =
  | { is: "waiting" }
  | { is: "sending"; isInTrouble: boolean }
  | { is: "uploaded" }
  | { is: "failed"; why: string }
  /** Nothing of it was sent, and nothing will be. */
  | { is: "refused"; why: string };

/** A file of this visit. `id`: what the console calls its upload, once it has begun. */
export type Entry = {
  key: number;
  name: string;
  bytes: number;
  file: File | null;
  id: number | null;
  sentBytes: number;
  state: UploadState;
};

const FILES_AT_ONCE = 3;
let lastKey = 0;

/** The files that were added to the page, each sent as its turn comes. What is left behind goes on in another visit. */
export function useUploads() {
  const [entries, setEntries] = useState<Entry[]>([]);
  const running = useRef(new Map<number, AbortController>());

  const change = (key: number, how: (entry: Entry) => Partial<Entry>) =>
    setEntries((all) => all.map((one) => (one.key === key ? { ...one, ...how(one) } : one)));

  function start({ key, file }: Entry) {
    if (file === null || running.current.has(key)) return;
    const controller = new AbortController();
    running.current.set(key, controller);
    change(key, () => ({ state: { is: "sending", isInTrouble: false } }));
    sendFile(file, {
      signal: controller.signal,
      onBegun: (id) => setEntries((all) => withBegun(all, key, id)),
      onProgress: (sentBytes) => change(key, () => ({ sentBytes })),
      onTrouble: (isInTrouble) => change(key, () => ({ state: { is: "sending", isInTrouble } })),
    })
      .then((id) => change(key, ({ bytes }) => ({ id, sentBytes: bytes, state: { is: "uploaded" } })))
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        const why = error instanceof StepFailed ? error.message : "The file cannot be read (any more).";
        change(key, () => ({ state: { is: "failed", why } }));
      })
      .finally(() => running.current.delete(key));
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `start` only sets what is read here
  useEffect(() => {
    for (const [key, controller] of running.current) {
      if (entries.some((entry) => entry.key === key)) continue;
      controller.abort();
      running.current.delete(key);
    }
    const free = FILES_AT_ONCE - running.current.size;
    for (const entry of entries.filter(({ state }) => state.is === "waiting").slice(0, Math.max(free, 0))) start(entry);
  }, [entries]);
  useEffect(
    () => () => {
      for (const controller of running.current.values()) controller.abort();
      running.current.clear();
    },
    [],
  );
  useLeaveNote(entries.some(isUnderWay));

  return {
    entries,
    add: (files: Iterable<File>) => setEntries((all) => withFiles(all, files)),
    /** One of a former visit that is there whole. */
    take: ({ id, name, bytes }: Pick<Entry, "name" | "bytes"> & { id: number }) =>
      setEntries((all) => [
        ...all,
        { id, name, bytes, key: ++lastKey, file: null, sentBytes: bytes, state: { is: "uploaded" } },
      ]),
    retry: (key: number) => change(key, () => ({ state: { is: "waiting" } })),
    async remove({ key, id }: Entry): Promise<void> {
      running.current.get(key)?.abort();
      setEntries((all) => all.filter((one) => one.key !== key));
      // What cannot be discarded now is offered at the next visit, and goes by itself.
      if (id !== null) await askUploads("discard", { id }).catch(() => {});
    },
  };
}

export const isUnderWay = ({ state }: Entry): boolean => state.is === "waiting" || state.is === "sending";

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
    all.push({ ...told, key: ++lastKey, file, id: null, sentBytes: 0, state });
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

/** Has the browser ask before the tab is closed. */
function useLeaveNote(isNeeded: boolean) {
  useEffect(() => {
    if (!isNeeded) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isNeeded]);
}
