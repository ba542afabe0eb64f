import { parseImageAddress, toImageAddress } from "~/features/images/query/image-address";
import type { ImageQuery } from "~/features/images/query/image-query";

/** A query with one value of a facet added to its field, or taken away where it is set. An owner "" is none. */
export function toggleFacet(query: ImageQuery, field: string, value: string): { query: ImageQuery; isSet: boolean } {
  const [name, text] = field === "owner" && value === "" ? ["unowned", "yes"] : [field, value];
  const params = toImageAddress(query);
  const isSet = params.has(name, text);
  if (isSet) params.delete(name, text);
  else params.append(name, text);
  params.delete("all");
  return { query: parseImageAddress(params), isSet };
}
