import type { LetInBy } from "./allow-list";
import type { Role } from "./role";

/** Whether someone can sign in: their account has, it is not known yet, no list lets them in any more, or they were removed. */
export type OperatorState = "in" | "account-unknown" | "off-lists" | "removed";

export type OperatorView = {
  id: number;
  email: string;
  name: string;
  role: Role;
  letInBy: LetInBy | null;
  state: OperatorState;
  /** Browsers in which they are signed in now. */
  sessions: number;
  createdAt: Date;
  signedInAt: Date | null;
  removedAt: Date | null;
};

const reasons: Record<LetInBy, string> = {
  "admin-emails": "ADMIN_EMAILS",
  "operator-emails": "OPERATOR_EMAILS",
  domain: "OPERATOR_DOMAINS",
  admin: "An admin",
};

/** What let someone in, as the page and the script say it. */
export const letInWords = (by: LetInBy | null) => (by === null ? "Asked at the next sign-in" : reasons[by]);

const states: Record<OperatorState, string> = {
  in: "Can sign in",
  "account-unknown": "Account not known yet",
  "off-lists": "Off the lists",
  removed: "Removed",
};

export const stateWords = (state: OperatorState) => states[state];
