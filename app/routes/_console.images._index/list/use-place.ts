import { useEffect, useRef } from "react";
import { useLayoutEffect } from "~/components/use-layout-effect";
import type { ImageOrder } from "~/features/images/browse/image-order";
import { type LoadedPages, placeBefore } from "./loaded-pages";
import type { Place } from "./use-rows";

const SETTLED_MS = 150;

/** Where in the window the row of the place stood, kept beside the address in the browser's history. */
const TOP = "imagesTop";

/** How far below the window's edge the list's first row stood when its address was left; null: it was not. */
export function keptTop(): number | null {
  const top: unknown = window.history.state?.[TOP];
  return typeof top === "number" ? top : null;
}

type PlaceInput = {
  list: LoadedPages;
  order: ImageOrder;
  place: { readonly current: Place | null };
  /** Brings `place` up to date. */
  look(): void;
};

/**
 * Writes where one is into the address, once scrolling has come to rest: whoever comes back, or is sent the link, lands
 * there. Past the router, for which another address would be another page to load.
 */
export function usePlaceInAddress(input: PlaceInput) {
  const latest = useRef(input);
  // Before the browser tells of the scrolling that the drawing itself brought about.
  useLayoutEffect(() => {
    latest.current = input;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      clearTimeout(timer);
      timer = undefined;
      const { list, order, place } = latest.current;
      const after = place.current === null ? null : placeBefore(list, place.current.index, order);
      if (after !== undefined) writePlace(after, after === null ? null : (place.current?.top ?? null));
    };
    const onScroll = () => {
      latest.current.look();
      clearTimeout(timer);
      timer = setTimeout(write, SETTLED_MS);
    };
    // Whoever goes on before scrolling has settled comes back to where it was.
    const onPress = () => timer !== undefined && write();
    window.addEventListener("scroll", onScroll, { passive: true });
    document.addEventListener("pointerdown", onPress, true);
    document.addEventListener("keydown", onPress, true);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("scroll", onScroll);
      document.removeEventListener("pointerdown", onPress, true);
      document.removeEventListener("keydown", onPress, true);
    };
  }, []);
}

function writePlace(after: string | null, top: number | null) {
  const url = new URL(window.location.href);
  url.searchParams.delete("before");
  if (after === null) url.searchParams.delete("after");
  else url.searchParams.set("after", after);
  const { state } = window.history;
  if (url.href === window.location.href && state?.[TOP] === top) return;
  window.history.replaceState({ ...state, [TOP]: top }, "", url);
}
