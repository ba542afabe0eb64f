import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import type { WorkInProgress } from "./work-in-progress";

const BUSY_MS = 1_500;
const IDLE_MS = 5_000;

type Reading = WorkInProgress & { asOf: Date };

/** Keeps the work in progress true while the tab is visible; the newer of the page's own reading and the last poll. */
export function useWorkInProgress(loaded: Reading): Reading {
  const { load, data: polled, state } = useFetcher<() => Reading>();
  const newest = polled && polled.asOf > loaded.asOf ? polled : loaded;
  const waitMs = newest.runs > 0 ? BUSY_MS : IDLE_MS;
  useEffect(() => {
    if (state !== "idle") return;
    const refresh = () => document.visibilityState === "visible" && load("/work-in-progress");
    const timer = setInterval(refresh, waitMs);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [load, state, waitMs]);
  return newest;
}
