import type { Env } from "~/ports/env.server";
import type { AllowLists } from "./allow-list";

/** The lists of the environment. */
export const allowListsOf = (env: Env): AllowLists => ({
  adminEmails: env.ADMIN_EMAILS,
  operatorEmails: env.OPERATOR_EMAILS,
  domains: env.OPERATOR_DOMAINS,
});
