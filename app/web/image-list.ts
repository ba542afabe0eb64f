import { parseImageAddress, toImageAddress } from "~/features/images/browse/image-address";
import { type ImageOrder, type PageFrom, parseImageOrder } from "~/features/images/browse/image-order";
import type { ImageQuery } from "~/features/images/browse/image-query";

/** What the address of a list of images says beside which images: their order, the place, and how they are drawn. */
const BESIDE = ["sort", "after", "before", "view", "size"] as const;

/**
 * @throws DomainError "invalid" for a filter, value or order that is not known
 */
export function parseImageList(params: URLSearchParams): { query: ImageQuery; order: ImageOrder; from: PageFrom } {
  const [after, before] = [params.get("after"), params.get("before")];
  return {
    query: parseImageAddress(params, { beside: BESIDE }),
    order: parseImageOrder(params.get("sort")),
    from: after !== null ? { after } : before !== null ? { before } : null,
  };
}

/** The address of the first page of another query that is drawn alike. */
export function toImageList(query: ImageQuery, params: URLSearchParams): string {
  const address = toImageAddress(query);
  for (const name of ["sort", "view", "size"]) {
    const value = params.get(name);
    if (value !== null) address.set(name, value);
  }
  return `/images?${address}`;
}
