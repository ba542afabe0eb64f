import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";

/** The page of a list that an address asks for, from 1. */
export function pageOf(params: URLSearchParams): number {
  const page = Number(params.get("page") ?? "1");
  return Number.isSafeInteger(page) && page >= 1 ? page : 1;
}

/**
 * Holds that an address of a list says nothing that the list does not know: what is ignored would show more than was asked for.
 * @param beside parameters that say something else than which rows: a page, an order
 * @throws DomainError "invalid" that names the parameter
 */
export function requireKnown(
  params: URLSearchParams,
  { filters, beside = [] }: { filters: readonly string[]; beside?: readonly string[] },
): void {
  const unknown = [...new Set(params.keys())].filter((name) => !filters.includes(name) && !beside.includes(name));
  if (unknown.length === 0) return;
  const known = filters.length === 0 ? "This list has none." : `Filters are ${filters.join(", ")}.`;
  throw new DomainError("invalid", `There is no filter called ${unknown.map(quote).join(", ")}. ${known}`);
}

/**
 * An id from an address.
 * @throws DomainError "not-found" for anything that is none
 */
export function idOf(text: string | undefined): number {
  const id = Number(text);
  if (!/^\d+$/.test(text ?? "") || !Number.isSafeInteger(id)) {
    throw new DomainError("not-found", `Nothing has the id ${quote(text ?? "")}.`);
  }
  return id;
}
