import { settleCall } from "~/features/labeling/budget/settle-call.server";
import type { PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import { holdByEnd } from "~/features/model-calls/hold-by-end.server";
import type { Reserved } from "~/features/model-calls/ledger";
import type { Ports } from "~/ports/index.server";
import type { LabelResult, ModelImage } from "~/ports/model/model.server";
import type { OpenPrompt } from "./open-prompt.server";

/**
 * Makes a call that was reserved: asks, settles it, and holds all workers' calls where its end speaks of them all. The one way
 * to ask a model about an image, for label runs, pilots and tries alike.
 * @param call.reservedUsd null: the model's price is not known
 */
export async function carryOutCall(
  ports: Ports,
  prompt: OpenPrompt,
  call: {
    reserved: Reserved;
    reservedUsd: number | null;
    image: ModelImage;
    maxOutputTokens: number;
    signal?: AbortSignal;
  },
): Promise<LabelResult<PersonaAnswer>> {
  const { reserved, reservedUsd, image, maxOutputTokens, signal } = call;
  const { model } = prompt.content.settings;
  const result = await ports.model.label({ ...prompt.request(image), maxOutputTokens, ...(signal && { signal }) });
  await settleCall(ports, reserved, result, { priceOf: prompt.priceOf, reservedUsd });
  await holdByEnd(ports, result, { model, isStopped: signal?.aborted ?? false });
  return result;
}
