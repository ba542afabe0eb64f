import { expect, test } from "vitest";
import { z } from "zod";
import { acknowledgeAlert } from "~/features/alerts/acknowledge-alert.server";
import { DomainError } from "~/features/domain-error";
import { type Check, defineCheck, type Judgement } from "~/features/monitoring/check";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { runChecks } from "./run-checks";
import { runChecksHandler } from "./run-checks.server";

const actor = { id: "operator:1", name: "Mina" };
const HALF_HOUR = 30 * 60_000;

const healthy: Judgement = { verdict: "healthy", level: "ok", sentence: "All is well.", value: 0 };
const full = (percent: number): Judgement => ({
  verdict: "full",
  level: "bad",
  sentence: `The disk is ${percent} % full.`,
  value: percent,
});
const late = (about: string): Judgement => ({
  verdict: "late",
  level: "warn",
  sentence: "Something is late.",
  value: 1,
  troubles: about.split(" ").map((one) => ({
    verdict: "late",
    about: one,
    severity: "warning",
    sentence: `${one} is late.`,
    link: "/schedules",
  })),
});

/** A check of the test's own, which comes to what it is told. */
const checkOf = (name: string, next: () => Judgement): Check =>
  defineCheck<unknown>({
    name,
    title: name === "disk" ? "Disk" : "Slots",
    unit: "count",
    measures: "what the test says",
    rule: "As the test says.",
    link: `/monitoring#${name}`,
    reading: z.unknown(),
    measure: async () => next(),
    judge: (found) => found as Judgement,
  });

/** A world with two checks, which come to what `say` told; a thrown one throws. */
async function openChecks() {
  const ports = await openTestPorts();
  const said: Record<string, Judgement | Error> = { disk: healthy, slots: healthy };
  const next = (name: string) => () => {
    const judgement = said[name];
    if (judgement instanceof Error) throw judgement;
    return judgement ?? healthy;
  };
  const checks = [checkOf("disk", next("disk")), checkOf("slots", next("slots"))];
  const { carryOut } = runsOf(ports);
  return {
    ports,
    async check(judgements: Record<string, Judgement | Error>) {
      Object.assign(said, judgements);
      ports.advance(HALF_HOUR);
      return carryOut({ definition: runChecks, handler: runChecksHandler(checks) }, { checks: null });
    },
    open: () =>
      ports.db.alert.findMany({
        where: { closedAt: null },
        orderBy: { cause: "asc" },
        select: { cause: true, sentence: true },
      }),
    newest: (name: string) => ports.db.check.findFirstOrThrow({ where: { name }, orderBy: { id: "desc" } }),
  };
}

test("one alert is open for as long as a trouble lasts, says how it stands, and closes when it is over", async () => {
  const { ports, check, open } = await openChecks();
  await check({ disk: full(91) });
  expect(await open()).toEqual([{ cause: "check:disk:full", sentence: "The disk is 91 % full." }]);
  await check({ disk: full(95) });
  expect(await open()).toEqual([{ cause: "check:disk:full", sentence: "The disk is 95 % full." }]);
  await check({ disk: healthy });
  expect(await open()).toEqual([]);
  expect(await ports.db.alert.findMany()).toMatchObject([
    { kind: "check", severity: "error", root: "Disk", detail: '{"link":"/monitoring#disk"}', closedBy: null },
  ]);
});

test("an acknowledged alert stays so until its trouble is over and comes back", async () => {
  const { ports, check, open } = await openChecks();
  await check({ disk: full(91) });
  const { id } = await ports.db.alert.findFirstOrThrow();
  await acknowledgeAlert(ports, { alertId: id, actor });
  await check({ disk: full(93) });
  await check({ disk: full(94) });
  expect(await open()).toEqual([]);
  await check({ disk: healthy });
  await check({ disk: full(96) });
  expect(await open()).toEqual([{ cause: "check:disk:full", sentence: "The disk is 96 % full." }]);
  expect(await ports.db.alert.findUniqueOrThrow({ where: { id } })).toMatchObject({
    closedBy: "operator:1",
    sentence: "The disk is 91 % full.",
  });
});

test("of several troubles of one check each has its alert", async () => {
  const { check, open } = await openChecks();
  await check({ slots: late("audit index") });
  await check({ slots: late("index backup") });
  expect(await open()).toEqual([
    { cause: "check:slots:late:backup", sentence: "backup is late." },
    { cause: "check:slots:late:index", sentence: "index is late." },
  ]);
});

test("a check that throws could not be measured; the others go on, and its alerts stay as they are", async () => {
  const { ports, check, open, newest } = await openChecks();
  await check({ disk: full(91) });
  const thrown = new DomainError("conflict", "The folder of the database cannot be read.");
  const run = await check({ disk: thrown, slots: late("audit") });
  expect(run).toMatchObject({ status: "succeeded", succeeded: 2, failed: 0 });
  expect(await newest("disk")).toMatchObject({
    verdict: "unmeasured",
    level: "unknown",
    value: null,
    reading: null,
    sentence: "Disk could not be measured: The folder of the database cannot be read.",
  });
  expect((await open()).map(({ cause }) => cause)).toEqual(["check:disk:full", "check:slots:late:audit"]);

  await check({ disk: thrown });
  const unmeasured = {
    cause: "check:disk:unmeasured",
    sentence: "Disk could not be measured: The folder of the database cannot be read.",
  };
  expect((await open()).filter(({ cause }) => cause.startsWith("check:disk"))).toEqual([
    { cause: "check:disk:full", sentence: "The disk is 91 % full." },
    unmeasured,
  ]);
  await check({ disk: healthy, slots: healthy });
  expect(await open()).toEqual([]);
  expect(await ports.db.alert.count()).toBe(3);
});

test("a check that no version knows is refused", async () => {
  const ports = await openTestPorts();
  const run = await runsOf(ports).carryOut(runChecks, { checks: ["disc"] });
  expect(run.status).toBe("failed");
  expect(run.error).toMatch(/^There is no check “disc”\. The checks are labeling-progress, /);
});
