import { type OwnerOrder, parseOwnerOrder } from "~/features/owners/owner-order";

/**
 * What the address of the list of owners asks for.
 * @throws DomainError "invalid" for an order that is not known
 */
export const parseOwnerList = (params: URLSearchParams): { text: string; order: OwnerOrder } => ({
  text: params.get("text")?.trim() ?? "",
  order: parseOwnerOrder(params.get("sort")),
});
