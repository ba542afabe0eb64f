import { plural } from "~/features/format";
import { letInWords, type OperatorView, stateWords } from "~/features/operators/operator-view";
import { visible } from "~/quote";
import { columnsToText } from "../run-script/columns-to-text";

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
  return columnsToText(rows);
}
