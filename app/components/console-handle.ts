import type { UIMatch } from "@remix-run/react";
import type { Crumb } from "./ui/breadcrumb";

/** What a console page tells the shell, by its address and what its loader answered, if it did: `export const handle: ConsoleHandle = …`. */
export type ConsoleHandle = { crumbs: (params: Record<string, string | undefined>, data: unknown) => Crumb[] };

const isConsoleHandle = (handle: unknown): handle is ConsoleHandle =>
  typeof handle === "object" && handle !== null && "crumbs" in handle;

/** The breadcrumb of the innermost page that has one. */
export function crumbsOf(matches: UIMatch[]): Crumb[] {
  for (const match of matches.toReversed()) {
    if (isConsoleHandle(match.handle)) return match.handle.crumbs(match.params, match.data);
  }
  return [];
}
