import { DomainError } from "~/features/domain-error";
import { parseImageAddress, toImageAddress } from "~/features/images/query/image-address";
import { quote } from "~/quote";
import { type ImageSearch, LONGEST_FIND } from "./image-search";
import { PICTURE_HASH } from "./searched-picture";

/** What the address of a search says beside which images may be found. */
const OWN = ["find", "like", "picture"];

/**
 * The search that an address states: `find=red scarf`, `like=314` and `picture=` with a hash, with the filters of the images page.
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
  const picture = params.get("picture") || null;
  if (picture !== null && !PICTURE_HASH.test(picture)) {
    throw refuse(
      `${quote("picture")} takes the 64 hex digits of a picture that was searched by, not ${quote(picture)}.`,
    );
  }
  const query = parseImageAddress(params, { beside: [...OWN, ...beside] });
  return { find, like: like === null ? null : Number(like), picture, query };
}

/** The address of a search's page. */
export function toImageSearch({ find, like, picture, query }: ImageSearch): string {
  const params = toImageAddress(query);
  if (find !== null) params.set("find", find);
  if (like !== null) params.set("like", String(like));
  if (picture !== null) params.set("picture", picture);
  const search = String(params);
  return search === "" ? "/images/search" : `/images/search?${search}`;
}

const refuse = (sentence: string) => new DomainError("invalid", sentence);
