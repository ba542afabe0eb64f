import { DomainError } from "~/features/domain-error";
import { type OpenPrompt, openPrompt } from "~/features/labeling/asking/open-prompt.server";
import type { PromptRow } from "~/features/labeling/prompts/prompt-versions.server";
import { requirePromptVersion } from "~/features/labeling/prompts/require-prompt-version.server";
import type { Ports } from "~/ports/index.server";

/**
 * A prompt version that someone would like to try.
 * @throws DomainError "not-found", "conflict" (an example changed), "invalid" (its model has ended)
 */
export async function openTriedPrompt(
  ports: Ports,
  versionId: number,
): Promise<{ row: PromptRow; prompt: OpenPrompt }> {
  const row = await requirePromptVersion(ports, versionId);
  const prompt = await openPrompt(ports, row);
  const ended = prompt.explainEnd(ports.clock.now());
  if (ended !== null) throw new DomainError("invalid", ended);
  return { row, prompt };
}
