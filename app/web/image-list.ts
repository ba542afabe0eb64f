import { DomainError } from "~/features/domain-error";
import { type ImageOrder, type PageFrom, parseImageOrder } from "~/features/images/browse/image-order";
import { parseImageAddress, toImageAddress } from "~/features/images/query/image-address";
import type { ImageQuery } from "~/features/images/query/image-query";
import { quote } from "~/quote";

/** How a list is drawn, and which image is open beside it. */
export const DRAWN_BY = ["view", "size", "image"];
const VIEWS = ["grid", "table"];
/** Sizes that pictures are drawn in: 1, 2, … */
export const PICTURE_SIZES = 5;
const PLACE = ["after", "before"];
/** What the address of a list of images says beside which images. */
const BESIDE = ["sort", ...PLACE, ...DRAWN_BY];

/**
 * @throws DomainError "invalid" for a filter, value, order, place, look or image that is not known
 */
export function parseImageList(params: URLSearchParams): { query: ImageQuery; order: ImageOrder; from: PageFrom } {
  const twice = BESIDE.find((name) => params.getAll(name).length > 1);
  if (twice !== undefined) throw refuse(`${quote(twice)} takes one value, not ${params.getAll(twice).length}.`);
  const [after, before, image, view, size] = [...PLACE, "image", "view", "size"].map((name) => params.get(name));
  if (image && !/^\d{1,15}$/.test(image)) throw refuse(`${quote(image)} is not an image of this list.`);
  if (typeof view === "string" && !VIEWS.includes(view))
    throw refuse(`There is no view called ${quote(view)}. Views are ${VIEWS.join(", ")}.`);
  if (typeof size === "string" && !(/^\d$/.test(size) && Number(size) >= 1 && Number(size) <= PICTURE_SIZES))
    throw refuse(`There is no size called ${quote(size)}. Sizes of pictures are 1 to ${PICTURE_SIZES}.`);
  if (typeof after === "string" && typeof before === "string")
    throw refuse(`A list begins ${quote("after")} a place or ends ${quote("before")} one, not both.`);
  return {
    query: parseImageAddress(params, { beside: BESIDE }),
    order: parseImageOrder(params.get("sort")),
    from: typeof after === "string" ? { after } : typeof before === "string" ? { before } : null,
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

const without = (params: URLSearchParams, names: string[]) =>
  new URLSearchParams([...params].filter(([name]) => !names.includes(name)));

/** Which images, in which order, and where in the list an address begins: what the server is asked. */
export const askedBy = (params: URLSearchParams) => without(params, DRAWN_BY);

/** Which images, in which order, wherever one is in their list. */
export const listOf = (params: URLSearchParams) => without(params, [...DRAWN_BY, ...PLACE]);

const refuse = (sentence: string) => new DomainError("invalid", sentence);
