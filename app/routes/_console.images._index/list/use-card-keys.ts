import { type RefObject, useEffect, useRef } from "react";
import { isKeyTaken } from "~/components/keyboard";
import { endOf, type LoadedPages } from "./loaded-pages";

type Seen = {
  /** The index of the first image in sight. */
  first(): number;
  /** Scrolls to an image that is not drawn. */
  bring(index: number): void;
};

/** `j` and `k` move the focus from image to image, however far the list goes. */
export function useCardKeys(container: RefObject<HTMLElement>, list: LoadedPages, { first, bring }: Seen) {
  const wanted = useRef<number | null>(null);
  const focusWanted = () => {
    if (wanted.current === null) return;
    const card = container.current?.querySelector(`[data-image-index="${wanted.current}"]`);
    const link = card?.querySelector<HTMLElement>("a[data-opens]");
    if (!link) return;
    wanted.current = null;
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest" });
  };
  useEffect(focusWanted);

  /** Gives the focus to an image, or to the one at the list's end. */
  function go(index: number) {
    wanted.current = Math.min(Math.max(index, list.start), endOf(list) - 1);
    focusWanted();
    if (wanted.current !== null) bring(wanted.current);
  }
  function move(step: 1 | -1) {
    const focused = document.activeElement?.closest<HTMLElement>("[data-image-index]");
    go(focused ? Number(focused.dataset.imageIndex) + step : first());
  }
  const onKey = useRef((_event: KeyboardEvent) => {});
  onKey.current = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isKeyTaken(event)) return;
    if (event.key === "j") move(1);
    if (event.key === "k") move(-1);
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey.current(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  return go;
}
