import { type ApiTokenView, ENVIRONMENT } from "~/features/api-tokens/api-token";
import { listOf } from "~/features/format";
import type { AbilityLine } from "~/features/storage/explain-abilities";
import { quote } from "~/quote";

/** Who may ask the API, as a line of the report. */
export function explainTokens(tokens: ApiTokenView[]): AbilityLine {
  const line = { name: "API tokens", tried: "Look which programs have one", todo: null };
  const programs = [...new Set(tokens.filter(({ state }) => state !== "ended").map(({ client }) => client))];
  if (programs.length === 0) {
    const does =
      "No program has one: the image agent is refused until scripts/api-tokens.ts or the page API tokens makes one";
    return { ...line, does, means: null, tone: "warn" };
  }
  const names = programs.map((client) => (client === ENVIRONMENT ? "whoever shows REFERENCE_TOKEN" : quote(client)));
  const means = programs.includes(ENVIRONMENT)
    ? "REFERENCE_TOKEN cannot be replaced without a restart; a token of the page API tokens can."
    : null;
  return { ...line, does: `Can ask: ${listOf(names)}`, means, tone: "good" };
}
