import { useFetcher, useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

const EVERY_MS = 3_000;

/**
 * Reads the page again once something in it may have changed: another reviewer's decision, a label, a promotion. Only the
 * pulse is asked for every 3 s, by a tab that can be seen; the page keeps its focus and its place.
 */
export function usePulse(runId: number, pulse: string) {
  const { load, state, data } = useFetcher<() => { pulse: string }>();
  const { revalidate } = useRevalidator();
  const isIdle = state === "idle";
  const seen = useRef(data);
  useEffect(() => {
    if (!isIdle) return;
    const ask = () => document.visibilityState === "visible" && load(`/label-runs/${runId}/pulse`);
    const timer = setTimeout(ask, EVERY_MS);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [isIdle, load, runId]);
  useEffect(() => {
    if (data === seen.current) return;
    seen.current = data;
    if (data && data.pulse !== pulse) revalidate();
  }, [data, pulse, revalidate]);
}
