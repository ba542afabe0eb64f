import { useEffect, useState } from "react";
import type { DrawRequest } from "~/features/drawing/draw-request";
import type { DrawingPreview } from "~/features/drawing/studio/preview-drawing.server";

/** Without a change for this long, what stands there is looked up. */
const PAUSE_MS = 400;

export type PreviewAnswer = { preview: DrawingPreview } | { refusal: string };

/** What the request would send and cost, looked up whenever changing it rests. Counting words at the model is free. */
export function usePreview(request: DrawRequest) {
  const asked = JSON.stringify(request);
  const [said, setSaid] = useState<{ of: string; answer: PreviewAnswer } | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks the same once more
  useEffect(() => {
    const control = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await ask(asked, control.signal);
      if (!control.signal.aborted) setSaid({ of: asked, answer });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [asked, tries]);
  return {
    answer: said?.answer ?? null,
    /** What is shown is not of this request yet. */
    isAsking: said?.of !== asked,
    askAgain: () => setTries((before) => before + 1),
  };
}

const unreachable = {
  refusal: "The console does not answer. What is sent is shown once it does; change anything to try again.",
};

/** Past the router, which would read the page again after each. */
function ask(request: string, signal: AbortSignal): Promise<PreviewAnswer> {
  const body = new URLSearchParams({ request });
  return fetch("/drawing-previews", { method: "POST", body, redirect: "manual", signal })
    .then((answer) => (answer.ok ? answer.json() : unreachable))
    .catch(() => unreachable);
}
