import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { count, listOf, plural } from "~/features/format";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/**
 * Forgets the limits of a model that its refusals told, since the project's quota was raised: workers go by the file's limits, if
 * any, from their next call on, and learn again when Gemini refuses one. What Gemini said of when to come back still holds.
 * @throws DomainError "conflict" when none was learned
 */
export async function forgetLimits(
  { db, clock }: { db: Db; clock: Clock },
  { model, actor }: { model: string; actor: Actor },
): Promise<void> {
  await db.$write(async (tx) => {
    const row = await tx.modelQuota.findUnique({ where: { model } });
    const { requestsPerMinute = null, tokensPerMinute = null } = row ?? {};
    if (requestsPerMinute === null && tokensPerMinute === null) {
      throw new DomainError("conflict", `No limit of ${model} was learned, so there is nothing to reset.`);
    }
    await tx.modelQuota.update({ where: { model }, data: { requestsPerMinute: null, tokensPerMinute: null } });
    const limits = [
      ...(requestsPerMinute === null ? [] : [plural(requestsPerMinute, "request")]),
      ...(tokensPerMinute === null ? [] : [`${count(tokensPerMinute)} tokens`]),
    ];
    await recordEvent(tx, {
      at: clock.now(),
      actor,
      action: "model.reset-limits",
      subject: `model:${model}`,
      sentence: `Reset the learned limits of ${model}: ${listOf(limits)} a minute.`,
      detail: { requestsPerMinute, tokensPerMinute },
    });
  });
}
