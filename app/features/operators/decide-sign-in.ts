import { type AllowLists, findListing, type Identity, isStillListed, type LetInBy } from "./allow-list";
import { lowerOf, type Role } from "./role";

/** An operator as far as it decides whether they get in. */
export type KnownOperator = {
  id: number;
  /** Null before the first sign-in and after a release: the next account with this address is theirs. */
  sub: string | null;
  email: string;
  role: Role;
  /** Null: not kept yet. */
  letInBy: LetInBy | null;
  isRemoved: boolean;
};

/** What still lets an operator in, and the role that they have by it. */
export type Admission = { letInBy: LetInBy; role: Role };

/** `operatorId` null: a new operator is made. */
export type SignInDecision =
  | ({ operatorId: number | null } & Admission)
  | { refusal: string; operatorId: number | null };

/**
 * Whether an account gets in, and as whom: who is known is known by the account, not by its address.
 * @param known every operator, removed ones too, with this account or this address
 */
export function decideSignIn(lists: AllowLists, known: KnownOperator[], identity: Identity): SignInDecision {
  const { sub, email } = identity;
  const present = known.filter(({ isRemoved }) => !isRemoved);
  const byAccount = present.find((operator) => operator.sub === sub);
  const byAddress = present.find((operator) => operator.email === email);
  const operator = byAccount ?? byAddress;
  if (!operator) {
    const removed = known[0];
    return removed
      ? { refusal: `${email} was removed from the operators. Ask an admin to add it again.`, operatorId: removed.id }
      : decideFirst(lists, identity);
  }
  const operatorId = operator.id;
  if (byAccount && byAddress && byAccount !== byAddress) {
    const refusal = `This Google account belongs to the operator ${byAccount.email}, and ${email} to another one. Ask an admin to remove one of the two.`;
    return { refusal, operatorId };
  }
  if (operator.sub !== null && operator.sub !== sub) {
    const refusal = `${email} belongs to another Google account than the one that signed in before. Use that account, or ask an admin to release the address.`;
    return { refusal, operatorId };
  }
  return { ...admit(lists, operator, identity), operatorId };
}

function decideFirst(lists: AllowLists, identity: Identity): SignInDecision {
  const listing = findListing(lists, identity);
  if ("refusal" in listing) return { ...listing, operatorId: null };
  return { operatorId: null, letInBy: listing.by, role: listing.role };
}

/**
 * Whether what let an operator in still does. Whom an admin added stays until an admin removes them. Who has left the
 * list that let them in is looked at like someone new: another list may let them in, with its role at most.
 */
export function admit(
  lists: AllowLists,
  { role, letInBy }: Pick<KnownOperator, "role" | "letInBy">,
  listed: Pick<Identity, "email" | "organization">,
): Admission | { refusal: string } {
  if (letInBy === "admin") return { letInBy, role };
  if (letInBy !== null && isStillListed(lists, letInBy, listed)) return { letInBy, role };
  const listing = findListing(lists, listed);
  if ("refusal" in listing) return listing;
  return { letInBy: listing.by, role: letInBy === null ? role : lowerOf(role, listing.role) };
}
