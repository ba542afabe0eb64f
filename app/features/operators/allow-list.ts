import type { Role } from "./role";

/** Who Google says someone is; their email address is verified and in lower case. */
export type Identity = {
  /** Google's lasting name of the account: an address can be given to another one. */
  sub: string;
  email: string;
  name: string;
  /** The Google Workspace domain that manages the account (`hd`); null for a personal account. */
  organization: string | null;
};

/** All in lower case. */
export type AllowLists = { adminEmails: string[]; operatorEmails: string[]; domains: string[] };

/** What lets someone in: one of the three lists, or an admin who added them. */
export type LetInBy = "admin-emails" | "operator-emails" | "domain" | "admin";

/** The list that lets someone in, and the role that they begin with. */
export type Listing = { by: LetInBy; role: Role };

type Listed = Pick<Identity, "email" | "organization">;

/**
 * The list that names someone, or why none lets them in.
 * Where a domain is listed, only accounts that its organization manages count as its addresses, also those that are
 * listed by themselves: anyone can open a personal Google account on a work address and keep it after leaving.
 */
export function findListing(lists: AllowLists, listed: Listed): Listing | { refusal: string } {
  const listing = listingsOf(lists, listed.email)[0];
  if (!listing) return { refusal: `${listed.email} is not on the list of operators. Ask an admin to add it.` };
  return isManaged(lists, listed) ? listing : { refusal: notManaged(listed.email) };
}

/** True while the list that let someone in goes on naming them. */
export const isStillListed = (lists: AllowLists, by: LetInBy, listed: Listed) =>
  listingsOf(lists, listed.email).some((listing) => listing.by === by) && isManaged(lists, listed);

/** Every list that names an address, the one with the highest role first. */
function listingsOf(lists: AllowLists, email: string): Listing[] {
  return [
    ...(lists.adminEmails.includes(email) ? [{ by: "admin-emails", role: "admin" } as const] : []),
    ...(lists.operatorEmails.includes(email) ? [{ by: "operator-emails", role: "operator" } as const] : []),
    ...(lists.domains.includes(domainOf(email)) ? [{ by: "domain", role: "viewer" } as const] : []),
  ];
}

function isManaged({ domains }: AllowLists, { email, organization }: Listed): boolean {
  if (!domains.includes(domainOf(email))) return true;
  return organization !== null && domains.includes(organization);
}

const notManaged = (email: string) =>
  `${email} is a Google account that ${domainOf(email)} does not manage. Use your work account, or ask an admin to add this address.`;

/** “studio.example” of an address there. */
export const domainOf = (email: string) => email.slice(email.lastIndexOf("@") + 1);
