import { DomainError } from "~/features/domain-error";
import type { ImageSearch } from "~/features/image-search/image-search";
import { parseImageSearch } from "~/features/image-search/image-search-address";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { quote } from "~/quote";
import { parseForPrograms } from "./image-list-query";

/**
 * What a program searches: the address of the page of best matches, with `limit` and `ageRange` as the list of images takes them.
 * @throws DomainError "invalid" that names what is unknown or missing, "not-found" for an age range that is not listed
 */
export function parseImageSearchQuery(params: URLSearchParams, schema: LabelSchema): ImageSearch & { limit: number } {
  const asked = parseForPrograms(params, schema, parseImageSearch);
  if (asked.picture !== null)
    throw new DomainError("invalid", `There is no parameter ${quote("picture")}: it is for pages.`);
  if (asked.find === null && asked.like === null) {
    const ways = `${quote("find")} takes words, ${quote("like")} the number of an image`;
    throw new DomainError("invalid", `Say what to search: ${ways}.`);
  }
  return asked;
}
