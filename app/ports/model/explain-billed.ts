import type { DrawUsage } from "./model-usage";

/** Google takes nothing where it says so itself; elsewhere the tokens of an answer of status 200 are billed, with a picture or without. */
export type Billed = "no" | "tokens" | "unknown";

/** What an answer without a picture costs, as a sentence. */
export function explainBilled(billed: Billed, usage: DrawUsage | null): string {
  if (billed === "no") return "Google says that it does not charge for this.";
  if (billed === "unknown" || usage === null) return "Gemini does not say what it charges for this.";
  const input = usage.text + usage.image;
  const said = usage.outputPicture > 0 ? "a picture is among them" : "no picture is among them";
  return `Google charges for ${input} tokens of the request and ${usage.output} of the answer; ${said}.`;
}
