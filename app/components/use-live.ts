import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

/**
 * Reads the page's data again every `everyMs` while `isLive`, and at once when the tab becomes visible again.
 * A hidden tab asks nothing; a slow answer is waited for rather than overtaken.
 */
export function useLive(isLive: boolean, everyMs = 1_000) {
  const { revalidate, state } = useRevalidator();
  const isIdle = state === "idle";
  useEffect(() => {
    if (!isLive || !isIdle) return;
    const refresh = () => document.visibilityState === "visible" && revalidate();
    const timer = setTimeout(refresh, everyMs);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [isLive, isIdle, everyMs, revalidate]);
}
