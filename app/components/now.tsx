import { createContext, useContext, useSyncExternalStore } from "react";

const LoadedAt = createContext(0);

/** When the server drew the page (epoch ms): what “now” means until the browser has taken over. */
export const LoadedAtProvider = LoadedAt.Provider;

const TICK_MS = 5_000;

function subscribe(onTick: () => void) {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}

// Rounded to the tick: a snapshot must not change between two reads of one render.
const currentTick = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;

/** The time, in steps of 5 s. The first render uses the server's, so that server and browser draw the same words. */
export function useNow(): Date {
  const loadedAt = useContext(LoadedAt);
  return new Date(useSyncExternalStore(subscribe, currentTick, () => loadedAt));
}
