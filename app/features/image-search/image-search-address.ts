import { DomainError } from "~/features/domain-error";
import { parseImageAddress, toImageAddress } from "~/features/images/query/image-address";
import { quote } from "~/quote";
import { type ImageSearch, LONGEST_FIND } from "./image-search";

/** What the address of a search says beside which images may be found. */
const OWN = ["find", "like"];

/**
 * The search that an address states: `find=red scarf` and `like=314`, with the filters of the images page.
 * @param beside parameters that say something else than what is searched: `limit`
 * @throws DomainError "invalid" that names the parameter or value that is not known
 */
export function parseImageSearch(
  params: URLSearchParams,
  { beside = [] }: { beside?: readonly string[] } = {},
): ImageSearch {
  const twice = OWN.find((name) => params.getAll(name).length > 1);
  if (twice !== undefined) throw refuse(`${quote(twice)} takes one value, not ${params.getAll(twice).length}.`);
  const find = params.get("find")?.trim() || null;
  const like = params.get("like") || null;
  if (find !== null && find.length > LONGEST_FIND) {
    throw refuse(`A search takes at most ${LONGEST_FIND} characters, not ${find.length}. Search for fewer words.`);
  }
  if (like !== null && !/^[1-9]\d{0,14}$/.test(like)) {
    throw refuse(`${quote("like")} takes the number of an image, not ${quote(like)}.`);
  }
  const query = parseImageAddress(params, { beside: [...OWN, ...beside] });
  return { find, like: like === null ? null : Number(like), query };
}

/** The address of a search's page. */
export function toImageSearch({ find, like, query }: ImageSearch): string {
  const params = toImageAddress(query);
  if (find !== null) params.set("find", find);
  if (like !== null) params.set("like", String(like));
  const search = String(params);
  return search === "" ? "/images/search" : `/images/search?${search}`;
}

const refuse = (sentence: string) => new DomainError("invalid", sentence);
