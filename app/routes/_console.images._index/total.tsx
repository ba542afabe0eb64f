import { useFetcher } from "@remix-run/react";
import { Button } from "~/components/ui/forms/button";
import { plural } from "~/features/format";
import type { CountedFacets } from "./use-facets";

/** How many images the query finds: exactly where that is quick, else once someone asks. */
export function Total({ facets }: { facets: CountedFacets | null }) {
  const { load, data, state } = useFetcher<() => { count: number; address: string }>();
  if (facets === null) return <span role="status">Counting …</span>;
  const counted = data?.address === facets.address ? data.count : null;
  const isExact = facets.isExact || counted !== null;
  return (
    <>
      <span role="status" className="tabular-nums">
        {plural(counted ?? facets.count, "image")}
        {!isExact && "+"}
      </span>
      {!isExact && (
        <Button
          variant="quiet"
          pending={state !== "idle"}
          onClick={() => load(`/image-counts?${facets.address}`)}
          className="-my-1 h-7 px-2"
        >
          Count all
        </Button>
      )}
    </>
  );
}
