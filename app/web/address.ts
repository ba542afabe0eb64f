import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";

/** The page of a list that an address asks for, from 1. */
export function pageOf(params: URLSearchParams): number {
  const page = Number(params.get("page") ?? "1");
  return Number.isSafeInteger(page) && page >= 1 ? page : 1;
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
