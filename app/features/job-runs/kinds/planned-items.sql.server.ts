import { rowsFrom, type Sql, sql } from "~/ports/sql.server";

/** What a set-based plan says of an item that JavaScript has found out; states are JSON as text. */
export type FoundItem = { subject: string; label: string; before: string | null; target: string };

/** A page of a set-based plan that consists of these items. */
export const plannedItems = (items: FoundItem[]): Sql => sql`
  SELECT r."position", r."subject", r."label", r."before", r."target"
    FROM ${rowsFrom(items, { subject: "text", label: "text", before: "text", target: "text" })} r`;
