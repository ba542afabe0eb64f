import { z } from "zod";
import type { KnownOperator } from "./decide-sign-in";
import { parseRole } from "./role";

const letInBy = z.enum(["admin-emails", "operator-emails", "domain", "admin"]).nullable().catch(null);

/** An operator's row as the rules of signing in look at it. */
export const toKnown = (row: {
  id: number;
  sub: string | null;
  email: string;
  role: string;
  letInBy: string | null;
  removedAt: Date | null;
}): KnownOperator => ({
  id: row.id,
  sub: row.sub,
  email: row.email,
  role: parseRole(row.role),
  letInBy: letInBy.parse(row.letInBy),
  isRemoved: row.removedAt !== null,
});
