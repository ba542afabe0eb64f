/** Waits for `ms`, but not once the network is back or someone looks; while the page is hidden, until someone does. */
export function nextTurn(ms: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => document.visibilityState === "visible" && end();
    const timer = setTimeout(wake, ms);
    const ends: [EventTarget, string, () => void][] = [
      [window, "online", wake],
      [window, "focus", wake],
      [document, "visibilitychange", wake],
      ...(signal ? [[signal, "abort", end] satisfies [EventTarget, string, () => void]] : []),
    ];
    function end() {
      clearTimeout(timer);
      for (const [target, event, listener] of ends) target.removeEventListener(event, listener);
      resolve();
    }
    for (const [target, event, listener] of ends) target.addEventListener(event, listener);
  });
}
