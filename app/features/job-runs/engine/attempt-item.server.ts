import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { JobDefinition } from "~/features/job-runs/kinds/definition";
import type { ItemContext, ItemHandler, ItemResult, OpenItem } from "~/features/job-runs/kinds/handler";
import { describeError, isDatabaseUnavailable } from "~/features/known-error";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { LeaseLost } from "./ledger/lease-lost";

const results = z.union([
  z.object({ outcome: z.enum(["succeeded", "failed", "skipped"]) }),
  z.object({ outcome: z.literal("open"), pause: z.string().min(1) }),
  z.object({ outcome: z.literal("open"), park: z.object({ forMs: z.number(), reason: z.string().min(1) }) }),
]);

/** What is done to each item of a run: its kind's `apply`, or its undo's `restore`. */
export type ItemWork = { definition: JobDefinition; apply: ItemHandler<unknown>["apply"] };

/**
 * Does one item, with the definition's retries for failures that say they are retryable. Whatever the handler does
 * (throw, hang past its time limit, answer nonsense) becomes a result.
 * @throws DatabaseUnavailable, LeaseLost: the item stays open, for it has done nothing wrong
 * @returns null when `context.signal` aborted: the item stays open and is done by whoever takes the chunk next
 */
export async function attemptItem(
  ports: Ports,
  work: ItemWork,
  item: OpenItem,
  context: ItemContext<unknown>,
): Promise<{ result: ItemResult; attempts: number } | null> {
  const { attempts, baseMs, maxMs } = work.definition.retry;
  for (let attempt = 1; ; attempt++) {
    const result = await applyOnce(ports, work, item, context);
    if (context.signal.aborted && result.outcome === "failed") return null;
    if (result.outcome !== "failed" || !result.retryable || attempt >= attempts) return { result, attempts: attempt };
    const backOff = Math.min(maxMs, baseMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
    await sleep(Math.max(backOff, result.retryAfterMs ?? 0), undefined, { signal: context.signal }).catch(() => {});
    if (context.signal.aborted) return null;
  }
}

async function applyOnce(
  ports: Ports,
  work: ItemWork,
  item: OpenItem,
  context: ItemContext<unknown>,
): Promise<ItemResult> {
  const { itemTimeoutMs } = work.definition;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), itemTimeoutMs);
  const timedOut = new Promise<ItemResult>((resolve) => {
    limit.signal.addEventListener("abort", () =>
      resolve({
        outcome: "failed",
        errorClass: "timeout",
        error: `No result within ${Math.round(itemTimeoutMs / 1000)} s for ${quoteKey(item.label ?? item.subject)}. Retry it.`,
        retryable: true,
      }),
    );
  });
  const interrupted = new Promise<ItemResult>((resolve) => {
    const onAbort = () => resolve({ outcome: "failed", errorClass: "aborted", error: "The work was interrupted." });
    if (context.signal.aborted) onAbort();
    else context.signal.addEventListener("abort", onAbort, { once: true, signal: limit.signal });
  });
  const signal = AbortSignal.any([context.signal, limit.signal]);
  try {
    const result = await Promise.race([work.apply(ports, item, { ...context, signal }), timedOut, interrupted]);
    if (results.safeParse(result).success) return result;
    return {
      outcome: "failed",
      errorClass: "internal",
      error: `The handler of ${work.definition.kind} gave no outcome.`,
    };
  } catch (error) {
    if (context.signal.aborted) return interrupted;
    if (limit.signal.aborted) return timedOut;
    if (isDatabaseUnavailable(error) || error instanceof LeaseLost) throw error;
    ports.log.error({ err: error, subject: item.subject }, "item failed");
    return { outcome: "failed", ...describeError(error) };
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}
