import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";

const share = z.number().min(0, "it is a number from 0 to 1").max(1, "it is a number from 0 to 1").optional();
const name = z.string().min(1).max(200).optional();

/** Which proposals of a label run. Each field narrows; without any it is every proposal that would change something. */
export const reviewFilter = z.strictObject({
  attribute: name,
  /** The value of the present label; null: there is no label. */
  old: z.string().min(1).max(200).nullable().optional(),
  /** The proposed value. */
  new: name,
  /** How sure the model is, from 0 to 1; a proposal without a confidence is below every bound. */
  min: share,
  max: share,
  /** The name of the image's group folder states another value than the one proposed. */
  folder: z.literal("disagrees").optional(),
  /** A person's label says something else. */
  person: z.literal("conflict").optional(),
  decision: z.enum(["open", "accepted", "rejected"]).optional(),
  /** Proposals that say what the present label says: none of them unless told, them alone, or them as well. */
  same: z.enum(["only", "any"]).optional(),
});
export type ReviewFilter = z.infer<typeof reviewFilter>;
/** What a reviewer can decide. */
export type Verdict = "accepted" | "rejected";

export const reviewOrders = ["confidence-asc", "confidence-desc", "key-asc", "key-desc"] as const;
export type ReviewOrder = (typeof reviewOrders)[number];
/** What needs a look first. */
export const DEFAULT_ORDER: ReviewOrder = "confidence-asc";

/** A page begins behind the proposal with this id, or ends before it; null: at the first one. */
export type ReviewPlace = { after: number } | { before: number } | null;

export const filterNames = [
  ...["attribute", "old", "unlabeled", "new", "min", "max", "folder", "person", "decision", "same"],
] as const;

/**
 * The filter that an address states.
 * @throws DomainError "invalid" that names the value which is not known
 */
export function parseReviewFilter(params: URLSearchParams): ReviewFilter {
  const given = filterNames.flatMap((param): [string, unknown][] => {
    const text = params.get(param);
    if (text === null || text === "") return [];
    if (param === "unlabeled") return text === "yes" ? [["old", null]] : [["unlabeled", text]];
    if (param === "min" || param === "max") return [[param, Number(text)]];
    return [[param, text]];
  });
  const parsed = reviewFilter.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? "unlabeled");
  throw refuse(`The filter ${quote(field)} does not take ${quote(params.get(field) ?? "")}.`);
}

/** The parameters of a filter, in the order of its fields: one filter has one address. */
export function toReviewAddress(filter: ReviewFilter): URLSearchParams {
  const params = new URLSearchParams();
  for (const field of Object.keys(reviewFilter.shape) as (keyof ReviewFilter)[]) {
    const value = filter[field];
    if (value === null) params.set("unlabeled", "yes");
    else if (value !== undefined) params.set(field, String(value));
  }
  return params;
}

/**
 * What a page of the list is asked for.
 * @throws DomainError "invalid" for a filter, an order or a place that is not known
 */
export function parseReviewList(params: URLSearchParams) {
  const sort = params.get("sort") ?? DEFAULT_ORDER;
  const order = reviewOrders.find((known) => known === sort);
  if (!order) throw refuse(`There is no order called ${quote(sort)}. Orders are ${reviewOrders.join(", ")}.`);
  const place = (["after", "before"] as const).flatMap((way): ReviewPlace[] => {
    const id = params.get(way);
    if (id === null) return [];
    if (!/^\d{1,15}$/.test(id)) throw refuse(`${quote(id)} is not a place in this list. Start from its first page.`);
    return [way === "after" ? { after: Number(id) } : { before: Number(id) }];
  });
  return { filter: parseReviewFilter(params), order, from: place[0] ?? null };
}

const refuse = (sentence: string) => new DomainError("invalid", sentence);
