import { type RefObject, useEffect } from "react";
import type { ImageOrder } from "~/features/images/browse/image-order";
import type { LoadedPages, Stretch } from "./loaded-pages";
import { useCardKeys } from "./use-card-keys";
import { usePlaceInAddress } from "./use-place";
import type { Place, useRows } from "./use-rows";

export type ListViewInput = {
  list: LoadedPages;
  order: ImageOrder;
  place: { current: Place | null };
  /** Told which images are drawn. */
  see(drawn: Stretch): void;
};

/** What a long list does however it is drawn: it reads on, keeps its place in the address, and answers to keys. */
export function useListView(
  { list, order, place, see }: ListViewInput,
  container: RefObject<HTMLElement>,
  { drawn, look, bring }: ReturnType<typeof useRows>,
) {
  useEffect(() => {
    if (drawn) see(drawn);
  });
  usePlaceInAddress({ list, order, place, look });
  const first = () => place.current?.index ?? list.start;
  const go = useCardKeys(container, list, { first, bring });
  const inSight = drawn ? drawn.to - drawn.from : 0;
  return { previous: () => go(first() - inSight), next: () => go(first() + inSight) };
}
