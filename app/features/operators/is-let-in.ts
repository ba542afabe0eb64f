import { type AllowLists, domainOf } from "./allow-list";
import { admit, type KnownOperator } from "./decide-sign-in";

/**
 * True when nothing of the lists stands in an operator's way. Of one whose Google account is not known yet, the
 * organization is not known either: their sign-in will ask for it.
 */
export function isLetIn(lists: AllowLists, known: KnownOperator, organization: string | null): boolean {
  const { email, sub } = known;
  return !("refusal" in admit(lists, known, { email, organization: sub === null ? domainOf(email) : organization }));
}
