import { count, plural } from "~/features/format";
import type { ModelLimits } from "~/features/prices/model-file";
import type { Db } from "~/ports/db.server";
import { allOf, type Sql, sql } from "~/ports/sql.server";
import { dayBegan, dayEnds, renewalWords } from "./pacific-day";

/** A call that someone would like to make: its model, the input tokens that it may take, and the limits that a file names. */
export type AskedCall = { model: string; tokens: number; limits: ModelLimits };

/** Why a call is not made now. Of a quota of a day no one waits for the end. */
export type NoRoom = { until: Date; reason: string; isForToday: boolean };

/**
 * A minute of Google's, and a second beside it: a call is counted there when it arrives, which is a little later than we
 * write it down.
 */
export const MINUTE_MS = 61_000;

/** How much later than ours the time may be that another worker writes while we wait for the database. */
const BESIDE_MS = 10_000;

/** Until when a time counts as past or present; a later one was told by a clock that was ahead, and says nothing. */
export const notAhead = (now: Date): Date => new Date(now.getTime() + BESIDE_MS);

/** Calls that count against the quotas of a model: those that were made since, answered or not. */
export const madeSince = (model: string | Sql, since: number, now: Date): Sql =>
  sql`"ModelCall" WHERE "model" = ${model} AND "createdAt" > ${since} AND "createdAt" <= ${notAhead(now).getTime()} AND "isTakenOver" = false`;

/** What a call took of the input tokens of a minute: as billed, else as expected. */
export const INPUT_TOKENS = sql`coalesce("promptTokens" + "imageTokens", "expectedTokens", 0)`;

/** The limits that hold: the lower of what the file names and what a 429 told. */
export async function readLimits(db: Db, { model, limits }: AskedCall): Promise<ModelLimits> {
  const learned = await db.modelQuota.findUnique({ where: { model } });
  const lower = (one: number | null, other: number | null | undefined) => {
    const known = [one, other].filter((limit) => typeof limit === "number");
    return known.length > 0 ? Math.min(...known) : null;
  };
  return {
    requestsPerMinute: lower(limits.requestsPerMinute, learned?.requestsPerMinute),
    tokensPerMinute: lower(limits.tokensPerMinute, learned?.tokensPerMinute),
    requestsPerDay: limits.requestsPerDay,
  };
}

/**
 * A condition: the model takes a call now. The ledger of calls itself is the bucket, so that all workers share it, a worker
 * that dies gives nothing back twice, and no level has to be kept beside it.
 */
export function hasRoom({ model, tokens }: AskedCall, limits: ModelLimits, now: Date): Sql {
  const at = now.getTime();
  const { requestsPerMinute, tokensPerMinute, requestsPerDay } = limits;
  const minute = madeSince(model, at - MINUTE_MS, now);
  return allOf([
    sql`NOT EXISTS (SELECT 1 FROM "ModelQuota" WHERE "model" = ${model} AND "heldUntil" > ${at}
                     AND "heldFrom" <= ${notAhead(now).getTime()})`,
    ...(requestsPerMinute === null ? [] : [sql`(SELECT count(*) FROM ${minute}) < ${requestsPerMinute}`]),
    // One call that takes more than all of a minute is made once nothing else is.
    ...(tokensPerMinute === null
      ? []
      : [sql`(SELECT coalesce(sum(${INPUT_TOKENS}), 0) FROM ${minute}) <= ${Math.max(tokensPerMinute - tokens, 0)}`]),
    ...(requestsPerDay === null
      ? []
      : [sql`(SELECT count(*) FROM ${madeSince(model, dayBegan(now).getTime(), now)}) < ${requestsPerDay}`]),
  ]);
}

/** Until when a model takes no call, and why; null: it does by now. */
export async function findNoRoom(
  db: Db,
  { model, tokens }: AskedCall,
  limits: ModelLimits,
  now: Date,
): Promise<NoRoom | null> {
  const at = now.getTime();
  const held = await db.modelQuota.findFirst({
    where: { model, heldUntil: { gt: now }, heldFrom: { lte: notAhead(now) } },
  });
  if (held?.heldUntil) return { until: held.heldUntil, reason: held.holdReason ?? "", isForToday: false };
  const { requestsPerMinute, tokensPerMinute, requestsPerDay } = limits;
  const usedUp = (what: string) => `The quota of ${what} for ${model} is used up.`;
  if (requestsPerDay !== null) {
    const [row] = await db.$queryRaw<{ calls: bigint }[]>`
      SELECT count(*) AS "calls" FROM ${madeSince(model, dayBegan(now).getTime(), now)}`;
    if (Number(row?.calls) >= requestsPerDay) {
      const reason = `${usedUp(`${plural(requestsPerDay, "request")} a day`)} It is renewed on ${renewalWords(now)}: resume then, or once the limit is raised.`;
      return { until: dayEnds(now), reason, isForToday: true };
    }
  }
  const calls = await db.$queryRaw<{ createdAt: bigint; tokens: bigint }[]>`
    SELECT "createdAt", ${INPUT_TOKENS} AS "tokens" FROM ${madeSince(model, at - MINUTE_MS, now)} ORDER BY "createdAt" DESC`;
  const leaves = (index: number) => new Date(Number(calls[index]?.createdAt ?? at) + MINUTE_MS);
  if (requestsPerMinute !== null && calls.length >= requestsPerMinute) {
    const reason = usedUp(`${plural(requestsPerMinute, "request")} a minute`);
    return { until: leaves(requestsPerMinute - 1), reason, isForToday: false };
  }
  if (tokensPerMinute === null) return null;
  let used = 0;
  const first = calls.findIndex((call) => {
    used += Number(call.tokens);
    return used > Math.max(tokensPerMinute - tokens, 0);
  });
  if (first === -1) return null;
  return { until: leaves(first), reason: usedUp(`${count(tokensPerMinute)} tokens a minute`), isForToday: false };
}
