import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import type { Facets } from "~/features/images/browse/read-facets.sql.server";
import { toImageAddress } from "~/features/images/query/image-address";
import type { ImageQuery } from "~/features/images/query/image-query";

export type CountedFacets = Pick<Facets, "facets" | "lookedAt"> & {
  /** The query that they are of. */
  address: string;
  count: number;
  /** Of the count; `isSampled` says of the facets that more images have each value. */
  isExact: boolean;
  isSampled: boolean;
};

/** How many images the query finds, and what they are like, asked for once the list is there; null until then. */
export function useFacets(query: ImageQuery): CountedFacets | null {
  const { load, data } = useFetcher<() => CountedFacets>();
  const address = String(toImageAddress(query));
  useEffect(() => load(`/image-facets?${address}`), [load, address]);
  return data?.address === address ? data : null;
}
