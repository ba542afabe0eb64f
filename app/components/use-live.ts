import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

const EVERY_MS = 3_000;

/**
 * Reads the page's data again every 3 s while `isLive`, and at once when the tab becomes visible again. A hidden tab asks
 * nothing; a slow answer is waited for rather than overtaken, and one that does not come is asked for again (router-fetch).
 */
export function useLive(isLive: boolean) {
  const { revalidate, state } = useRevalidator();
  const isIdle = state === "idle";
  useEffect(() => {
    if (!isLive || !isIdle) return;
    const refresh = () => document.visibilityState === "visible" && revalidate();
    // Again and again: where rendering is slower than the answer, React never shows that one was waited for.
    const timer = setInterval(refresh, EVERY_MS);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [isLive, isIdle, revalidate]);
}
