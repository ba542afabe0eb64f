import { useMemo, useRef } from "react";
import { listOf } from "~/web/image-list";
import { useChangeView } from "./change-view";
import type { Opening } from "./list/image-card";

/** How an image of this list is opened: beside it, which Back closes again, or as a page that knows its list. */
export function useOpening(params: URLSearchParams): Opening {
  const changeView = useRef(useChangeView());
  const list = listOf(params);
  // Even the list without a filter has a name, by which a page knows that it was reached from it.
  if (!list.has("sort")) list.set("sort", "created-desc");
  const query = String(list);
  return useMemo(
    () => ({
      pageOf: (id) => `/images/${id}?${query}`,
      open: (id) => changeView.current({ image: String(id) }, { isStep: true, state: { isOpened: true } }),
    }),
    [query],
  );
}
