import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";
import { type Removal, removal } from "./remove/removal";

/** Which groups of duplicates a list has; `ownerId` null: everyone's. */
export type WantedDuplicates = Pick<Removal, "kind" | "ownerId">;

/**
 * What an address asks for; those of the same bytes where it does not say.
 * @throws DomainError "invalid" for a kind that there is none of
 */
export function wantedDuplicates(params: URLSearchParams): WantedDuplicates {
  const asked = params.get("kind") || "same";
  const kind = removal.shape.kind.safeParse(asked).data;
  if (kind === undefined) throw new DomainError("invalid", `The filter “kind” does not take ${quote(asked)}.`);
  return { kind, ownerId: params.get("owner") || null };
}
