import { z } from "zod";
import { defineJob, type JobDefinition } from "~/features/job-runs/kinds/definition";
import type { ItemHandler, PlannedItem } from "~/features/job-runs/kinds/handler";

export type Numbers = { items: number };

type Options = Partial<Pick<ItemHandler<Numbers>, "plan" | "apply" | "undo">> &
  Partial<Omit<JobDefinition<string, Numbers>, "payload">> & {
    /** What is frozen of each number. */
    item?(n: number): PlannedItem;
    /** Items that the plan yields at once. */
    pageSize?: number;
  };

/**
 * A kind whose items are the numbers "0", "1", …, as many as its payload says. Each succeeds, unless `apply` says something
 * else; `seen` are the subjects whose turn came, in that order.
 */
export function countingJob(options: Options = {}) {
  const { item, pageSize, plan, apply, undo, ...settings } = options;
  const seen: string[] = [];
  const definition = defineJob<string, Numbers>({
    kind: "count",
    title: "Count",
    payload: z.object({ items: z.int().min(0) }),
    lane: "bulk",
    chunkSize: 10,
    itemConcurrency: 4,
    chunkConcurrency: 4,
    retry: { attempts: 3, baseMs: 1, maxMs: 5 },
    itemTimeoutMs: 60_000,
    guard: null,
    ...settings,
  });
  const handler: ItemHandler<Numbers> = {
    plan: plan ?? planNumbers({ item, pageSize }),
    async apply(ports, planned, context) {
      seen.push(planned.subject);
      return apply ? apply(ports, planned, context) : { outcome: "succeeded", after: { done: true } };
    },
    ...(undo && { undo }),
  };
  return { definition, handler, seen };
}

function planNumbers({
  item = (n) => ({ subject: String(n), before: { n } }),
  pageSize = 25,
}: Pick<Options, "item" | "pageSize"> = {}): ItemHandler<Numbers>["plan"] {
  return async function* (_ports, { payload: { items } }) {
    for (let first = 0; first < items; first += pageSize) {
      yield Array.from({ length: Math.min(pageSize, items - first) }, (_, n) => item(first + n));
    }
    return { facts: [{ label: "Numbers", value: String(items) }] };
  };
}
