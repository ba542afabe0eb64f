import { z } from "zod";
import { AGE, readAgeRange } from "~/features/attribute-groups/references/reference-request";
import { DomainError } from "~/features/domain-error";
import type { ImageOrder, PageFrom } from "~/features/images/browse/image-order";
import type { ImageQuery } from "~/features/images/query/image-query";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { quote } from "~/quote";
import { DRAWN_BY, parseImageList } from "~/web/image-list";

const MOST = 1_000;
/** How many images a page of the list has. */
export const imagesLimit = z.coerce.number().int().min(1).max(MOST).default(100);

/** What the list of images takes beside what the address of the images page does. */
const OWN = ["limit", AGE];

/**
 * The address of the images page, as far as it says which images in which order, with `limit` and `ageRange=20s`, which is
 * `label=ageRange:20s` and takes aliases.
 * @throws DomainError "invalid" that names what is unknown, "not-found" for an age range that is not listed
 */
export function parseImageListQuery(
  params: URLSearchParams,
  schema: LabelSchema,
): { query: ImageQuery; order: ImageOrder; from: PageFrom; limit: number } {
  const drawn = DRAWN_BY.filter((name) => params.has(name));
  if (drawn.length > 0) throw refuse(`There is no parameter ${drawn.map(quote).join(", ")}: it is for pages.`);
  const twice = OWN.filter((name) => params.getAll(name).length > 1);
  if (twice.length > 0) throw refuse(`Give ${twice.map(quote).join(", ")} once.`);
  const text = params.get("limit") ?? undefined;
  const limit = imagesLimit.safeParse(text === "" ? Number.NaN : text);
  if (!limit.success) throw refuse(`${quote("limit")} is a whole number from 1 to ${MOST}, not ${quote(text ?? "")}.`);
  const list = parseImageList(new URLSearchParams([...params].filter(([name]) => !OWN.includes(name))));
  const asked = params.get(AGE);
  if (asked === null) return { ...list, limit: limit.data };
  const label = { attribute: AGE, value: readAgeRange(schema, asked) };
  return { ...list, query: { ...list.query, label: [...(list.query.label ?? []), label] }, limit: limit.data };
}

const refuse = (sentence: string) => new DomainError("invalid", sentence);
