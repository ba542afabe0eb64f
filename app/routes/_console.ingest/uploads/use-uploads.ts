import { useEffect, useRef, useState } from "react";
import { askUploads, StepFailed } from "./ask-uploads";
import {
  type Entry,
  isUnfinished,
  type UploadState,
  withBegun,
  withFiles,
  withPaused,
  withResumed,
  withTaken,
} from "./entries";
import { fingerprint } from "./fingerprint";
import { sendFile } from "./send-file";

const FILES_AT_ONCE = 3;

/** The files that were added to the page, each sent as its turn comes. What is left behind goes on in another visit. */
export function useUploads() {
  const [entries, setEntries] = useState<Entry[]>([]);
  const running = useRef(new Map<number, AbortController>());

  const change = (key: number, how: (entry: Entry) => Partial<Entry>) =>
    setEntries((all) => all.map((one) => (one.key === key ? { ...one, ...how(one) } : one)));

  function start(entry: Entry) {
    const { key, file } = entry;
    if (file === null || running.current.has(key)) return;
    const controller = new AbortController();
    const { signal } = controller;
    running.current.set(key, controller);
    /** What has become of it, unless it was stopped: then others say. */
    const tell = (how: (entry: Entry) => Partial<Entry>) => signal.aborted || change(key, how);
    const tellState = (state: UploadState) => tell(() => ({ state }));
    const read = async () => {
      tellState({ is: "reading", readBytes: 0 });
      const known = await fingerprint(file, {
        signal,
        onProgress: (readBytes) => tellState({ is: "reading", readBytes }),
      });
      tell(() => ({ known }));
      return known;
    };
    const send = async () => {
      const known = entry.known ?? (await read());
      tellState({ is: "sending", isInTrouble: false });
      return sendFile(file, known, {
        signal,
        onBegun: (id) => setEntries((all) => withBegun(all, key, id)),
        onProgress: (sentBytes) => tell(() => ({ sentBytes })),
        onTrouble: (isInTrouble) => tellState({ is: "sending", isInTrouble }),
      });
    };
    send()
      .then((id) => tell(({ bytes }) => ({ id, sentBytes: bytes, state: { is: "uploaded" } })))
      .catch((error: unknown) => {
        const why = error instanceof StepFailed ? error.message : "The file cannot be read (any more).";
        tellState({ is: "failed", why });
      })
      // It may have been started again meanwhile.
      .finally(() => running.current.get(key) === controller && running.current.delete(key));
  }

  function stop(key: number) {
    running.current.get(key)?.abort();
    running.current.delete(key);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `start` only sets what is read here
  useEffect(() => {
    for (const key of running.current.keys()) if (!entries.some((entry) => entry.key === key)) stop(key);
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
  useLeaveNote(entries.some(isUnfinished));

  return {
    entries,
    add: (files: Iterable<File>) => setEntries((all) => withFiles(all, files)),
    /** One of a former visit that is there whole. */
    take: (upload: { id: number; name: string; bytes: number }) => setEntries((all) => withTaken(all, upload)),
    /** Stops those that are under way: what is in the bucket of them stays there, and they go on from it. */
    pause: (keys: number[]) => {
      keys.forEach(stop);
      setEntries((all) => withPaused(all, keys));
    },
    /** One that was paused goes on, and one that failed is tried again. */
    resume: (keys: number[]) => setEntries((all) => withResumed(all, keys)),
    async remove({ key, id }: Entry): Promise<void> {
      stop(key);
      setEntries((all) => all.filter((one) => one.key !== key));
      // What cannot be discarded now is offered at the next visit, and goes by itself.
      if (id !== null) await askUploads("discard", { id }).catch(() => {});
    },
  };
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
