import { useMemo, useRef, useState } from "react";
import type { Selected } from "~/components/selection/use-selection";
import { Button } from "~/components/ui/forms/button";
import { useLayoutEffect } from "~/components/use-layout-effect";
import type { ImageOrder } from "~/features/images/browse/image-order";
import type { ImageQuery } from "~/features/images/query/image-query";
import { useTrouble } from "~/web/connection/trouble";
import type { Opening } from "./image-card";
import { ImageGrid } from "./image-grid";
import { ImageTable } from "./image-table";
import { idsOf, type PageAnswer } from "./loaded-pages";
import { NextPages } from "./next-pages";
import { useImagePages } from "./use-image-pages";
import { useImageSelection } from "./use-image-selection";
import { keptTop } from "./use-place";
import { type Place, upperEdge } from "./use-rows";

type ImageListProps = {
  loaded: PageAnswer;
  order: ImageOrder;
  /** The address of the list without its place. */
  params: string;
  /** True where the address names a place in the list: it begins there, and goes on in both directions. */
  isWithin: boolean;
  /** As pictures of a size, or as rows of facts. */
  view: { as: "grid"; size: number } | { as: "table" };
  opening: Opening;
  query: ImageQuery;
  selected: Selected<number>;
  /** How many the query finds; null while they are counted. */
  total: { count: number; isExact: boolean } | null;
};

/** All images that a query finds, read and drawn as far as they are looked at. */
export function ImageList({ loaded, order, params, isWithin, view, opening, query, selected, total }: ImageListProps) {
  const { list, see, retry, isReading } = useImagePages({ loaded, order, params });
  const place = useRef<Place | null>(null);
  const isScripted = useBegin(place, isWithin);
  const { corner, bar } = useImageSelection({ selected, query, ids: useMemo(() => idsOf(list), [list]), total });
  const shown = { list, order, place, see, opening, corner };
  return (
    <>
      {view.as === "table" ? <ImageTable {...shown} /> : <ImageGrid {...shown} size={view.size} />}
      {isScripted ? (
        list.after !== null && <Reading isReading={isReading} onRetry={retry} />
      ) : (
        <NextPages before={list.before} after={list.after} />
      )}
      {bar}
    </>
  );
}

/** Sets where the list begins, before its rows are drawn. True once there is a script at all. */
function useBegin(place: { current: Place | null }, isWithin: boolean): boolean {
  const [isScripted, setScripted] = useState(false);
  useLayoutEffect(() => {
    if (isWithin) place.current = { index: 0, top: keptTop() ?? upperEdge() };
    setScripted(true);
  }, []);
  return isScripted;
}

/** The list's end, until there is more of it. */
function Reading({ isReading, onRetry }: { isReading: boolean; onRetry(): void }) {
  const trouble = useTrouble();
  return (
    <div role="status" className="flex h-11 items-center justify-center gap-3 text-sm text-muted">
      {isReading && (trouble ? "Not reachable, trying again" : "Loading more images …")}
      {isReading && trouble && <Button onClick={onRetry}>Retry</Button>}
    </div>
  );
}
