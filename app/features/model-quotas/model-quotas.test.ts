import { describe, expect, test } from "vitest";
import type { ModelLimits } from "~/features/prices/model-file";
import { openTestPorts } from "../../../tests/support/world/nowhere";
import { forgetLimits } from "./forget-limits.server";
import { holdForOutage, holdForQuota } from "./hold-model.sql.server";
import { listQuotas } from "./list-quotas.sql.server";
import { findNoRoom, hasRoom, readLimits } from "./room.sql.server";
import { waitInLine } from "./wait-in-line.server";

const NONE: ModelLimits = { requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null };
const model = "gemini-3.5-flash-lite";
const now = new Date("2026-11-29T16:00:00.000Z");
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1_000);

type Call = { at: Date; tokens?: number; outcome?: string; model?: string; isTakenOver?: boolean };

/** A ledger of calls, and a clock that stands still until it is set. */
async function ledger(calls: Call[] = []) {
  const { db } = await openTestPorts();
  let time = now;
  const clock = { now: () => time };
  const image = await db.image.create({
    data: { key: "a.png", etag: "e", bytes: 1, kind: "reference", modifiedAt: now, createdAt: now },
  });
  const jobRun = await db.jobRun.create({
    data: {
      kind: "label-run",
      title: "",
      lane: 0,
      status: "running",
      payload: "{}",
      actor: "a",
      actorName: "a",
      createdAt: now,
    },
  });
  const { id: labelRunId } = await db.labelRun.create({ data: { jobRunId: jobRun.id, scope: "{}", createdAt: now } });
  const add = ({ at, tokens = 100, outcome = "labelled", ...more }: Call) =>
    db.modelCall.create({
      data: {
        labelRunId,
        imageId: image.id,
        requestHash: "q",
        model,
        reservedUsd: 0,
        expectedTokens: 1_000,
        ...(outcome !== "reserved" && { promptTokens: tokens, imageTokens: 0, finishedAt: at }),
        outcome,
        createdAt: at,
        ...more,
      },
    });
  for (const call of calls) await add(call);
  const room = async (limits: Partial<ModelLimits>, tokens = 1_000) => {
    const asked = { model, tokens, limits: { ...NONE, ...limits } };
    const holding = await readLimits(db, asked);
    const rows = await db.$queryRaw<unknown[]>`SELECT 1 WHERE ${hasRoom(asked, holding, clock.now())}`;
    const none = await findNoRoom(db, asked, holding, clock.now());
    expect(none === null).toBe(rows.length > 0);
    return none;
  };
  return { db, clock, add, room, set: (at: Date) => (time = at) };
}

describe("a quota", () => {
  test("of requests a minute has room again when the first of as many calls is a minute and a second old", async () => {
    const { room } = await ledger([{ at: secondsAgo(61) }, { at: secondsAgo(40) }, { at: secondsAgo(2) }]);
    expect(await room({ requestsPerMinute: 3 })).toBeNull();
    expect(await room({ requestsPerMinute: 2 })).toEqual({
      until: new Date("2026-11-29T16:00:21.000Z"),
      reason: "The quota of 2 requests a minute for gemini-3.5-flash-lite is used up.",
      isForToday: false,
    });
  });

  test("counts calls in flight, and neither another model's nor answers that were taken over", async () => {
    const { room } = await ledger([
      { at: secondsAgo(3), outcome: "reserved" },
      { at: secondsAgo(2), model: "gemini-3.8-flash" },
      { at: secondsAgo(1), isTakenOver: true },
    ]);
    expect(await room({ requestsPerMinute: 1 })).toMatchObject({ until: new Date("2026-11-29T16:00:58.000Z") });
    expect(await room({ requestsPerMinute: 2 })).toBeNull();
  });

  test("of tokens a minute goes by what was billed, and by what is expected of calls in flight", async () => {
    const { room } = await ledger([
      { at: secondsAgo(30), tokens: 4_000 },
      { at: secondsAgo(10), outcome: "reserved" },
    ]);
    expect(await room({ tokensPerMinute: 6_000 })).toBeNull();
    expect(await room({ tokensPerMinute: 5_999 })).toMatchObject({
      until: new Date("2026-11-29T16:00:31.000Z"),
      reason: "The quota of 5\u202f999 tokens a minute for gemini-3.5-flash-lite is used up.",
    });
  });

  test("lets a call that takes more than all of a minute through once no other is", async () => {
    const { room, set } = await ledger([{ at: secondsAgo(30) }]);
    expect(await room({ tokensPerMinute: 500 }, 2_000)).toMatchObject({ until: new Date("2026-11-29T16:00:31.000Z") });
    set(new Date("2026-11-29T16:00:31.000Z"));
    expect(await room({ tokensPerMinute: 500 }, 2_000)).toBeNull();
  });

  test("of requests a day is renewed at midnight Pacific time, and says so", async () => {
    const yesterday = new Date("2026-11-29T07:59:59Z");
    const { room } = await ledger([{ at: yesterday }, { at: new Date("2026-11-29T08:00:01Z") }]);
    expect(await room({ requestsPerDay: 2 })).toBeNull();
    expect(await room({ requestsPerDay: 1 })).toEqual({
      until: new Date("2026-11-30T08:00:00.000Z"),
      reason:
        "The quota of 1 request a day for gemini-3.5-flash-lite is used up. It is renewed on November 30 at 08:00 UTC: resume then, or once the limit is raised.",
      isForToday: true,
    });
  });

  test("that a 429 told holds all until its delay is over, and its limit from then on where no lower one is known", async () => {
    const { db, clock, room, set } = await ledger([{ at: secondsAgo(5) }, { at: secondsAgo(4) }]);
    const hold = (forMs: number, requestsPerMinute: number | null) =>
      holdForQuota(
        { db, clock },
        { model, forMs, reason: "Used up.", limits: { requestsPerMinute, tokensPerMinute: null } },
      );
    await hold(1_500, 2);
    await hold(700, null);
    expect(await room({})).toEqual({
      until: new Date("2026-11-29T16:00:01.500Z"),
      reason: "Used up.",
      isForToday: false,
    });
    set(new Date("2026-11-29T16:00:01.500Z"));
    expect(await room({})).toMatchObject({ until: new Date("2026-11-29T16:00:56.000Z") });
    expect(await room({ requestsPerMinute: 1 })).toMatchObject({ until: new Date("2026-11-29T16:00:57.000Z") });
    set(new Date("2026-11-29T16:00:56.000Z"));
    expect(await room({})).toBeNull();
  });
});

describe("a clock that was ahead once", () => {
  const HOUR_MS = 3_600_000;

  test.each(["labelled", "reserved"])(
    "leaves calls (%s) that count against no quota once it is right",
    async (outcome) => {
      const { room, add } = await ledger();
      for (const hours of [1, 24 * 365]) await add({ at: new Date(now.getTime() + hours * HOUR_MS), outcome });
      expect(await room({ requestsPerMinute: 1, tokensPerMinute: 100, requestsPerDay: 1 })).toBeNull();
    },
  );

  test.each([
    ["quota", 1_500],
    ["outage", 1_000],
  ])("leaves a hold (%s) that holds no one, and those of the right time do", async (kind, forMs) => {
    const { db, clock, room, set } = await ledger();
    const limits = { requestsPerMinute: null, tokensPerMinute: null };
    const hold = () =>
      kind === "quota"
        ? holdForQuota({ db, clock }, { model, forMs, reason: "Used up.", limits })
        : holdForOutage({ db, clock }, { model, reason: "It does not answer.", isSure: true });
    set(new Date(now.getTime() + 24 * 365 * HOUR_MS));
    await hold();
    set(now);
    expect(await room({})).toBeNull();
    await hold();
    expect((await room({}))?.until).toEqual(new Date(now.getTime() + (kind === "quota" ? forMs : 2 * forMs)));
  });
});

describe("an outage", () => {
  const holdOf = async (world: Awaited<ReturnType<typeof ledger>>, isSure: boolean) => {
    await holdForOutage(world, { model, reason: "It does not answer.", isSure });
    const none = await world.room({});
    return none && (none.until.getTime() - world.clock.now().getTime()) / 1_000;
  };

  test("holds longer each time, once for calls that fail together, and begins again once a call was answered", async () => {
    const world = await ledger();
    const waits: (number | null)[] = [];
    for (let time = 0; time < 7; time++) {
      waits.push(await holdOf(world, true));
      expect(await holdOf(world, true)).toBe(waits.at(-1));
      world.set(new Date(world.clock.now().getTime() + (waits.at(-1) ?? 0) * 1_000));
    }
    await world.add({ at: world.clock.now() });
    waits.push(await holdOf(world, true));
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 1]);
  });

  test("is what three calls in a row are that came to nothing; one or two may be faults of their own", async () => {
    const world = await ledger([{ at: secondsAgo(9) }, { at: secondsAgo(8), outcome: "failed" }]);
    expect(await holdOf(world, false)).toBeNull();
    await world.add({ at: secondsAgo(7), outcome: "failed" });
    expect(await holdOf(world, false)).toBeNull();
    await world.add({ at: secondsAgo(6), outcome: "unavailable" });
    expect(await holdOf(world, false)).toBe(1);
  });
});

describe("a line", () => {
  const never = new AbortController().signal;
  const waitingFor = (ms: number) => ({ until: new Date(Date.now() + ms), reason: "Used up.", isForToday: false });

  test("is served in the order of asking, and only its first looks for room", async () => {
    const { db } = await ledger();
    const served: number[] = [];
    const looks: number[] = [];
    let isOpen = false;
    const ask = (who: number) =>
      waitInLine(
        db,
        model,
        async () => {
          looks.push(who);
          if (!isOpen) return waitingFor(20);
          served.push(who);
          return { who };
        },
        { now: () => new Date(), signal: never, waiting: () => undefined },
      );
    const first = ask(0);
    await expect.poll(() => looks.length).toBeGreaterThan(2);
    const others = [1, 2, 3].map(ask);
    const before = looks.length;
    await expect.poll(() => looks.length).toBeGreaterThan(before);
    expect(new Set(looks)).toEqual(new Set([0]));
    isOpen = true;
    await Promise.all([first, ...others]);
    expect(served).toEqual([0, 1, 2, 3]);
  });

  test("lets go whoever is told to stop, wherever they stand, and then goes on", async () => {
    const { db } = await ledger();
    const ends = [new AbortController(), new AbortController()];
    const ask = (signal: AbortSignal, tryOnce: () => Promise<{ done: true } | ReturnType<typeof waitingFor>>) =>
      waitInLine(db, model, tryOnce, { now: () => new Date(), signal, waiting: () => undefined });
    const stopped = ends.map(({ signal }) => ask(signal, async () => waitingFor(60_000)));
    const last = ask(never, async () => ({ done: true }));
    for (const end of ends.reverse()) end.abort(new Error("told to stop"));
    for (const one of stopped) await expect(one).rejects.toThrow("told to stop");
    expect(await last).toEqual({ done: true });
  });

  test("ends for all at a quota of a day", async () => {
    const { db } = await ledger();
    const ask = () =>
      waitInLine(db, model, async () => ({ ...waitingFor(60_000), isForToday: true }), {
        now: () => new Date(),
        signal: never,
        waiting: () => undefined,
      });
    expect(await Promise.all([ask(), ask()])).toMatchObject([{ isForToday: true }, { isForToday: true }]);
  });
});

test("limits are listed with what was taken of them; a learned one is forgotten by name, and the hold stays", async () => {
  const calls = [{ at: secondsAgo(3) }, { at: secondsAgo(70) }, { at: secondsAgo(5), isTakenOver: true }];
  const { db, clock, add, room } = await ledger(calls);
  await add({ at: secondsAgo(20_000), model: "gemini-3.8-flash" });
  await holdForQuota(
    { db, clock },
    { model, forMs: 5_000, reason: "Wait.", limits: { requestsPerMinute: 2, tokensPerMinute: 9_000 } },
  );
  const list = () => listQuotas({ db, clock, model: { name: model, modelsFile: undefined } });
  const none = { named: null, learned: null };
  const own = {
    model,
    requestsPerMinute: { named: null, learned: 2 },
    tokensPerMinute: { named: null, learned: 9_000 },
    requestsPerDay: none,
    lastMinute: { requests: 1, tokens: 100 },
    today: 2,
    held: { until: secondsAgo(-5), reason: "Wait." },
  };
  const other = { model: "gemini-3.8-flash", lastMinute: { requests: 0, tokens: 0 }, today: 1, held: null };
  expect(await list()).toEqual([own, expect.objectContaining(other)]);

  const actor = { id: "operator:1", name: "Mina Sato" };
  await forgetLimits({ db, clock }, { model, actor });
  expect((await list())[0]).toEqual({ ...own, requestsPerMinute: none, tokensPerMinute: none });
  expect(await room({})).toMatchObject({ until: secondsAgo(-5), reason: "Wait." });
  await expect(forgetLimits({ db, clock }, { model, actor })).rejects.toMatchObject({
    code: "conflict",
    message: "No limit of gemini-3.5-flash-lite was learned, so there is nothing to reset.",
  });
  expect(await db.auditEvent.findMany()).toMatchObject([
    {
      actor: "operator:1",
      action: "model.reset-limits",
      subject: "model:gemini-3.5-flash-lite",
      sentence: "Reset the learned limits of gemini-3.5-flash-lite: 2 requests and 9\u202f000 tokens a minute.",
    },
  ]);
});
