import pMap from "p-map";
import { useEffect } from "react";
import { retryDelay } from "~/web/connection/judge-answer";
import { nextTurn } from "~/web/connection/next-turn";

/** Let what the page itself needs come first. */
const AFTER_MS = 1_500;
/** Files that are asked for at once. */
const AT_ONCE = 8;
/** A connection that a network has silently dropped would otherwise be waited for for minutes. */
const ANSWER_WITHIN_MS = 20_000;

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
 * A module that could not be loaded is not asked for again until the document is loaded anew (so HTML's standard had it
 * until 2026, whatwg/html#10327, and Chromium still does). So nothing is imported before all files are in the browser's
 * cache, and files are asked for until they are.
 */
async function loadAllPages(signal: AbortSignal) {
  const routes = Object.values(window.__remixManifest.routes);
  const due = new Set(routes.flatMap(({ module, imports = [] }) => [module, ...imports]));
  const fetchFile = async (file: string) => {
    await settle(file, signal);
    due.delete(file);
  };
  for (let failures = 1; due.size > 0; failures += 1) {
    try {
      await pMap([...due], fetchFile, { concurrency: AT_ONCE });
    } catch {
      if (signal.aborted) return;
      await nextTurn(retryDelay(failures, Math.random()), signal);
    }
  }
  // One that is gone, for there is another build, has Remix load the document when someone goes there.
  for (const { module } of routes) import(/* @vite-ignore */ module).catch(() => {});
}

/** Asks for a file. @throws Error when it may be there the next time */
async function settle(file: string, signal: AbortSignal): Promise<void> {
  const answer = await fetch(file, { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]) });
  await answer.arrayBuffer();
  if (!answer.ok && answer.status !== 404 && answer.status !== 410) throw new Error(`${file}: ${answer.status}`);
}
