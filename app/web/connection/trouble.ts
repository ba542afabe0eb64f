import { useSyncExternalStore } from "react";
import type { Flash } from "~/web/flash.server";

/**
 * Why a page cannot read what it shows: no answer of ours came, the server answers with an error, the session has ended,
 * or another build answers than the one that this page was made by.
 */
export type Trouble = "unreachable" | "failing" | "signed-out" | "updated";

/** Reads that wait for another try, each with what the last one met. */
const waiting = new Map<object, Trouble>();
let unsent: Flash | null = null;
const listeners = new Set<() => void>();

/** Notes what a read met; null once it has its answer or is no longer wanted. */
export function noteTrouble(read: object, trouble: Trouble | null) {
  if (trouble === null) waiting.delete(read);
  else waiting.set(read, trouble);
  for (const tell of listeners) tell();
}

/** Says that what a form sent was not done. */
export function noteUnsent(text: string) {
  unsent = { tone: "bad", text };
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const current = (): Trouble | null => waiting.values().next().value ?? null;

/** What keeps the page from being read again; null while all is well. */
export const useTrouble = () => useSyncExternalStore(subscribe, current, () => null);

/** The last form that was not sent, as a toast: another object each time. */
export const useUnsent = () =>
  useSyncExternalStore(
    subscribe,
    () => unsent,
    () => null,
  );
