import { z } from "zod";
import { loadModels } from "~/features/prices/load-models.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Model } from "~/ports/model/model.server";
import { rowsFrom, sql } from "~/ports/sql.server";
import { dayBegan } from "./pacific-day";
import { INPUT_TOKENS, MINUTE_MS, madeSince, notAhead } from "./room.sql.server";

/** A limit: of the file of models, and of a 429 that told it; null: not told. The lower of both holds. */
export type Limit = { named: number | null; learned: number | null };

/** A model with its limits and what its calls have taken of them, of all workers together. */
export type QuotaView = {
  model: string;
  requestsPerMinute: Limit;
  tokensPerMinute: Limit;
  requestsPerDay: Limit;
  lastMinute: { requests: number; tokens: number };
  /** Requests since midnight Pacific time. */
  today: number;
  /** No call is made before then; null: calls may be made as far as the limits go. */
  held: { until: Date; reason: string } | null;
};

const taken = z.array(
  z.object({
    model: z.string(),
    requests: z.coerce.number(),
    tokens: z.coerce.number(),
    today: z.coerce.number(),
  }),
);

/** The model of the environment, then those that were called today or whose limits were learned, by name. */
export async function listQuotas({
  db,
  model: own,
  clock,
}: {
  db: Db;
  model: Pick<Model, "name" | "modelsFile">;
  clock: Clock;
}): Promise<QuotaView[]> {
  const now = clock.now();
  const book = await loadModels(own);
  const kept = new Map((await db.modelQuota.findMany()).map((row) => [row.model, row]));
  const models = [...new Set([own.name, ...kept.keys(), ...book.current(now)])].map((model) => ({ model }));
  const named = sql`m."model"`;
  const minute = madeSince(named, now.getTime() - MINUTE_MS, now);
  const rows = await db.$queryRaw`
    SELECT m."model", (SELECT count(*) FROM ${minute}) AS "requests",
           (SELECT coalesce(sum(${INPUT_TOKENS}), 0) FROM ${minute}) AS "tokens",
           (SELECT count(*) FROM ${madeSince(named, dayBegan(now).getTime(), now)}) AS "today"
      FROM ${rowsFrom(models, { model: "text" })} m ORDER BY m."model" <> ${own.name}, m."model"`;
  return taken
    .parse(rows)
    .filter(({ model, today }) => model === own.name || today > 0 || kept.has(model))
    .map(({ model, requests, tokens, today }) => {
      const { limits } = book.factsOf(model, now);
      const {
        requestsPerMinute = null,
        tokensPerMinute = null,
        heldFrom,
        heldUntil,
        holdReason,
      } = kept.get(model) ?? {};
      return {
        model,
        requestsPerMinute: { named: limits.requestsPerMinute, learned: requestsPerMinute },
        tokensPerMinute: { named: limits.tokensPerMinute, learned: tokensPerMinute },
        requestsPerDay: { named: limits.requestsPerDay, learned: null },
        lastMinute: { requests, tokens },
        today,
        held:
          heldFrom && heldUntil && heldUntil > now && heldFrom <= notAhead(now)
            ? { until: heldUntil, reason: holdReason ?? "" }
            : null,
      };
    });
}
