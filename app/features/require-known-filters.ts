import { quote } from "~/quote";
import { DomainError } from "./domain-error";

/**
 * Holds that an address of a list says nothing that the list does not know: what is ignored would show more than was asked for.
 * @param beside parameters that say something else than which rows: a page, an order
 * @throws DomainError "invalid" that names the parameter
 */
export function requireKnownFilters(
  params: URLSearchParams,
  { filters, beside = [] }: { filters: readonly string[]; beside?: readonly string[] },
): void {
  const unknown = [...new Set(params.keys())].filter((name) => !filters.includes(name) && !beside.includes(name));
  if (unknown.length === 0) return;
  const [only, ...more] = filters;
  const some = more.length === 0 ? `The only filter is ${only}.` : `Filters are ${filters.join(", ")}.`;
  const known = filters.length === 0 ? "This list has none." : some;
  throw new DomainError("invalid", `There is no filter called ${unknown.map(quote).join(", ")}. ${known}`);
}
