import { type Reserved, settleCall } from "~/features/labeling/budget/reservations.sql.server";
import type { PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import { holdForOutage, holdForQuota } from "~/features/model-quotas/hold-model.sql.server";
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
  if (result.kind === "rate-limited" && result.quota) {
    await holdForQuota(ports, { model, forMs: result.retryAfterMs, reason: result.reason, limits: result.quota });
  }
  const isOutage = result.kind === "unavailable" || (result.kind === "failed" && result.retryable);
  if (isOutage && !signal?.aborted) {
    await holdForOutage(ports, { model, reason: result.reason, isSure: result.kind === "unavailable" });
  }
  return result;
}
