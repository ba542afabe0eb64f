import type { Role } from "./role";

/** Who Google says someone is; their email address is verified and in lower case. */
export type Identity = {
  email: string;
  name: string;
  /** The Google Workspace domain that manages the account (`hd`); null for a personal account. */
  organisation: string | null;
};

/** All in lower case. */
export type AllowLists = { adminEmails: string[]; operatorEmails: string[]; domains: string[] };

/**
 * The role that someone gets at their first sign-in, or why none.
 * A domain lets in only accounts that its organisation manages: anyone can open a personal Google account on a work
 * address and keep it after leaving.
 */
export function roleAtFirstSignIn(lists: AllowLists, identity: Identity): { role: Role } | { refusal: string } {
  const { email, organisation } = identity;
  if (lists.adminEmails.includes(email)) return { role: "admin" };
  if (lists.operatorEmails.includes(email)) return { role: "operator" };
  const domain = email.slice(email.lastIndexOf("@") + 1);
  if (!lists.domains.includes(domain)) {
    return { refusal: `${email} is not on the list of operators. Ask an admin to add it.` };
  }
  if (organisation === null || !lists.domains.includes(organisation)) {
    return {
      refusal: `${email} is a Google account that ${domain} does not manage. Use your work account, or ask an admin to add this address.`,
    };
  }
  return { role: "viewer" };
}
