import { useEffect } from "react";

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
    const timer = setTimeout(() => {
      for (const { module } of Object.values(window.__remixManifest.routes)) {
        // One that cannot be loaded now is loaded when someone goes there.
        import(/* @vite-ignore */ module).catch(() => {});
      }
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
}
