import { expect, test } from "vitest";
import { summarizeLabelRun } from "~/features/labeling/views/summarize-label-run.sql.server";
import type { Db, Prisma } from "~/ports/db.server";
import { openTestDb } from "../../../../tests/support/db";
import { type Random, randomOf } from "../../../../tests/support/random";
import { sumSpend } from "./sum-spend.sql.server";

const at = new Date("2026-10-31T23:50:00Z");
const outcomes = ["reserved", "labelled", "refused", "truncated", "invalid", "unanswered", "rate-limited", "failed"];

/** Two label runs over one image, and no call yet. */
async function openRuns() {
  const db = await openTestDb();
  await db.image.create({
    data: { id: 1, key: "a.png", etag: "e", bytes: 1n, kind: "reference", modifiedAt: at, createdAt: at },
  });
  for (const id of [7, 8]) {
    const run = { id, kind: "label-run", title: "Label run", lane: 0, status: "running", payload: "{}" };
    await db.jobRun.create({ data: { ...run, actor: "operator:1", actorName: "Mina", createdAt: at } });
    await db.labelRun.create({ data: { id: id - 6, jobRunId: id, scope: "{}", createdAt: at } });
  }
  return db;
}

/** A call as anything may have become of it, on the last day of a month or the first of the next. */
function randomCall({
  pick,
  below,
  once,
}: Random): Omit<Prisma.ModelCallUncheckedCreateInput, "imageId" | "requestHash"> {
  const outcome = pick(outcomes);
  const tokens = once(3) ? {} : { promptTokens: below(2_000), imageTokens: below(600), outputTokens: below(300) };
  return {
    ...{
      labelRunId: pick([1, 2, null]),
      outcome,
      isTakenOver: once(5),
      mended: once(4) ? '["fence"]' : null,
      ...tokens,
    },
    ...{ reservedUsd: below(90_000) / 1e7, usd: once(3) ? null : below(40_000) / 1e7 },
    createdAt: new Date(at.getTime() + below(2) * 1_200_000 + below(1_000)),
    finishedAt: outcome === "reserved" ? null : at,
  };
}

/** What the calls come to, one by one. */
async function addUp(db: Db, now: Date, isMeant: (call: Prisma.ModelCallGetPayload<object>) => boolean) {
  const calls = (await db.modelCall.findMany()).filter(isMeant);
  const sum = (of: (call: (typeof calls)[number]) => number | boolean | null) =>
    calls.reduce((total, call) => total + Number(of(call) ?? 0), 0);
  const isLate = ({ outcome, createdAt }: (typeof calls)[number]) =>
    outcome !== "reserved" || createdAt.getTime() <= now.getTime() - 90_000;
  return {
    spentUsd: expect.closeTo(
      sum(({ usd }) => usd),
      9,
    ),
    reservedUsd: expect.closeTo(
      sum(({ usd, reservedUsd }) => usd === null && reservedUsd),
      9,
    ),
    unknownUsd: expect.closeTo(
      sum((call) => call.usd === null && isLate(call) && call.reservedUsd),
      9,
    ),
    calls: sum(({ isTakenOver }) => !isTakenOver),
    billedCalls: sum(({ outputTokens }) => outputTokens !== null),
    callsOfUnknownCost: sum(({ usd, finishedAt }) => usd === null && finishedAt !== null),
    unusable: sum(({ outcome }) => ["truncated", "invalid", "unanswered"].includes(outcome)),
    mended: sum(({ mended }) => mended !== null),
    textTokens: sum(({ promptTokens }) => promptTokens),
    imageTokens: sum(({ imageTokens }) => imageTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
  };
}

test.each([1, 2, 3])(
  "what is kept of the calls is what they add up to, whatever becomes of them (%i)",
  async (seed) => {
    const db = await openRuns();
    const random = randomOf(seed);
    const { below, once } = random;
    const now = new Date("2026-11-01T00:11:00Z");
    const deps = { db, clock: { now: () => now } };
    for (let step = 0; step < 60; step++) {
      const ids = (await db.modelCall.findMany({ select: { id: true } })).map(({ id }) => id);
      if (ids.length < 4 || once(2)) {
        const data = Array.from({ length: 1 + below(3) }, () => ({
          ...randomCall(random),
          imageId: 1,
          requestHash: "q",
        }));
        await db.modelCall.createMany({ data });
      } else if (once(5)) await db.modelCall.deleteMany({ where: { id: random.pick(ids) } });
      else if (once(6))
        await db.modelCall.updateMany({ where: { id: { gt: random.pick(ids) } }, data: { usd: 0.0007 } });
      else await db.modelCall.update({ where: { id: random.pick(ids) }, data: randomCall(random) });
    }
    for (const labelRunId of [1, 2]) {
      expect(await summarizeLabelRun(deps, labelRunId + 6)).toMatchObject(
        await addUp(db, now, (call) => call.labelRunId === labelRunId),
      );
    }
    const ofMonth = await addUp(db, now, ({ createdAt }) => createdAt >= new Date("2026-11-01T00:00:00Z"));
    const { byLabelRun, ...spend } = await sumSpend(deps, { since: new Date("2026-11-01T00:00:00Z") });
    const { spentUsd, reservedUsd, unknownUsd } = ofMonth;
    expect(spend).toEqual({ spentUsd, reservedUsd, unknownUsd });
    expect([...byLabelRun.keys()].sort()).toEqual([1, 2, null]);
  },
);
