import { plural } from "~/features/format";
import { letInWords, type OperatorView, stateWords } from "~/features/operators/operator-view";
import { visible } from "~/quote";

/** What `list` prints: a line for each operator, in columns. */
export function operatorsToText(operators: OperatorView[]): string {
  if (operators.length === 0) return "There is no operator yet. The first sign-in of someone on a list makes one.";
  const rows = operators.map(({ email, role, state, letInBy, signedInAt, sessions }) => [
    visible(email),
    role,
    stateWords(state),
    `let in by: ${letInWords(letInBy)}`,
    signedInAt ? `signed in ${signedInAt.toISOString()}` : "never signed in",
    plural(sessions, "browser"),
  ]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
