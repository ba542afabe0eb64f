import { useEffect, useRef } from "react";

const EVERY_MS = 3_000;

/**
 * Has the page read again once something in it may have changed: another reviewer's decision, a label, a promotion. Only the
 * pulse is asked for every 3 s, by a tab that can be seen.
 */
export function usePulse(runId: number, pulse: string, reread: () => void) {
  const shown = useRef(pulse);
  shown.current = pulse;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = new AbortController();
    async function ask() {
      clearTimeout(timer);
      const asOf = shown.current;
      // One that does not come is asked for again: what fails for long, the page's own reads tell.
      const answer = await readPulse(runId, end.signal).catch(() => null);
      if (end.signal.aborted) return;
      if (answer !== null && answer !== asOf && asOf === shown.current) reread();
      timer = setTimeout(look, EVERY_MS);
    }
    const look = () => {
      if (document.visibilityState === "visible") void ask();
    };
    timer = setTimeout(look, EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      end.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [runId, reread]);
}

async function readPulse(runId: number, signal: AbortSignal): Promise<string | null> {
  const answer = await fetch(`/label-runs/${runId}/pulse`, { redirect: "manual", signal });
  return answer.ok ? answer.text() : null;
}
