import { useEffect } from "react";
import { retryDelay } from "~/web/connection/judge-answer";
import { nextTurn } from "~/web/connection/next-turn";

/** Let what the page itself needs come first. */
const AFTER_MS = 1_500;

/**
 * Loads the code of every page once the first one stands: a click then needs data alone. Where a route's code cannot be
 * had (no network, another build's files) Remix loads the document again, and what was typed would be gone with it; so
 * those count too that only take a form, like signing out.
 */
export function useAllPages() {
  useEffect(() => {
    // While developing they change all the time, and Vite would have to make each of them.
    if (import.meta.env.DEV) return;
    const left = new AbortController();
    const timer = setTimeout(() => loadAllPages(left.signal), AFTER_MS);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, []);
}

/**
 * A browser keeps it in mind for good when a module could not be loaded, and fails the next import at once. So nothing is
 * imported before all files are in its cache, and files are asked for until they are.
 */
async function loadAllPages(signal: AbortSignal) {
  const routes = Object.values(window.__remixManifest.routes);
  const due = new Set(routes.flatMap(({ module, imports = [] }) => [module, ...imports]));
  for (let failures = 1; due.size > 0; failures += 1) {
    await Promise.all([...due].map(async (file) => (await isAnswered(file, signal)) && due.delete(file)));
    if (due.size > 0) await nextTurn(retryDelay(failures, Math.random()), signal);
    if (signal.aborted) return;
  }
  // One that is gone, for there is another build, has Remix load the document when someone goes there.
  for (const { module } of routes) import(/* @vite-ignore */ module).catch(() => {});
}

/** Whether asking for it again would change nothing. */
async function isAnswered(file: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(file, { signal });
    await answer.arrayBuffer();
    return answer.status < 500;
  } catch {
    return false;
  }
}
