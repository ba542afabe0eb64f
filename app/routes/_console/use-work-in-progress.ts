import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import type { WorkInProgress } from "./work-in-progress";

/** Longer than a page that refreshes itself waits. */
const BUSY_MS = 4_000;
const IDLE_MS = 5_000;

type Reading = WorkInProgress & { asOf: Date };

/**
 * Keeps the work in progress true while the tab is visible. A page that refreshes itself brings new readings before the
 * timer runs out, so that the rail and the page always show the same moment; on any other page the timer asks.
 */
export function useWorkInProgress(loaded: Reading): Reading {
  const { load, data: polled, state } = useFetcher<() => Reading>();
  const newest = polled && polled.asOf > loaded.asOf ? polled : loaded;
  const readAt = newest.asOf.getTime();
  const waitMs = newest.runs > 0 ? BUSY_MS : IDLE_MS;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new reading starts the wait again
  useEffect(() => {
    if (state !== "idle") return;
    const refresh = () => document.visibilityState === "visible" && load("/work-in-progress");
    const timer = setInterval(refresh, waitMs);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [load, state, waitMs, readAt]);
  return newest;
}
