import { expect, test } from "vitest";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { thinChecks } from "./thin-checks";

const HOUR_MS = 3_600_000;

test("of old measurements the last of each day stays, and all of the last 30 days", async () => {
  const ports = await openTestPorts();
  const { db } = ports;
  const midnight = Math.floor(Date.now() / (24 * HOUR_MS)) * 24 * HOUR_MS;
  const row = (name: string, daysAgo: number, hour: number) => ({
    ...{ name, verdict: "healthy", level: "ok", value: hour, sentence: "", reading: "{}", alerts: "{}" },
    at: new Date(midnight - daysAgo * 24 * HOUR_MS + hour * HOUR_MS),
  });
  await db.check.createMany({
    data: [
      ...[1, 13, 23].map((hour) => row("disk", 40, hour)),
      ...[2, 14].map((hour) => row("disk", 39, hour)),
      ...[3, 15].map((hour) => row("disk", 10, hour)),
      ...[4, 16].map((hour) => row("spend", 40, hour)),
    ],
  });
  const run = await runsOf(ports).carryOut(thinChecks, { days: 30 });
  expect(run).toMatchObject({ status: "succeeded", succeeded: 2 });
  const left = await db.check.findMany({ orderBy: { id: "asc" }, select: { name: true, value: true } });
  expect(left.map(({ name, value }) => `${name} ${value}`)).toEqual([
    "disk 23",
    "disk 14",
    "disk 3",
    "disk 15",
    "spend 16",
  ]);
});
