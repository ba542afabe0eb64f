import type { ApiTokenView } from "~/features/api-tokens/api-token";
import { visible } from "~/quote";
import { columnsToText } from "../run-script/columns-to-text";

/** What `list` prints: a line for each token, in columns. */
export function tokensToText(tokens: ApiTokenView[]): string {
  if (tokens.length === 0) return "No program has a token yet. Make one: api-tokens.ts add PROGRAM --apply";
  return columnsToText(
    tokens.map(({ id, client, ending, state, endsAt, usedAt }) => [
      id === null ? "-" : String(id),
      visible(client),
      ending === null ? "REFERENCE_TOKEN" : `…${ending}`,
      endsAt === null ? "valid" : `${state === "ended" ? "ended" : "ends"} ${endsAt.toISOString()}`,
      usedAt ? `last used ${usedAt.toISOString()}` : "never used",
    ]),
  );
}
