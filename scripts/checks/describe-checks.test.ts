import { expect, test } from "vitest";
import type { CheckView } from "~/features/monitoring/views/check-view";
import { checksToJson, checksToText } from "./describe-checks";

const at = new Date("2026-11-29T12:15:00Z");
const since = new Date("2026-11-29T09:45:00Z");
const about = { measures: "what the test says", rule: "As the test says.", link: "/images" };

const disk: CheckView = {
  ...{ ...about, name: "disk", title: "Disk", unit: "percent", points: [{ at, value: 99, level: "bad" }] },
  last: { at, verdict: "full", level: "bad", value: 99, sentence: "Make room now.", since },
  alerts: [{ id: 4, sentence: "Make room now." }],
};
const spend: CheckView = {
  ...{ ...about, name: "spend", title: "Spend this month", unit: "usd", points: [], alerts: [] },
  last: { at, verdict: "healthy", level: "ok", value: 9.9, sentence: "$9.90 spent this month.", since },
};
const clock: CheckView = { ...spend, name: "clock", title: "Clock", unit: "seconds", last: null };

const monitoring = {
  checks: [disk, spend, clock],
  from: since,
  asOf: at,
  lastAt: at,
  isStale: false,
  isRunning: false,
};

test("a line for each check, and what to do below one that is not well", () => {
  expect(checksToText(monitoring).split("\n")).toEqual([
    "As of 29 Nov 2026, 12:15:00 UTC",
    "",
    "Disk              full  99\u202f%  since 29 Nov 2026, 09:45:00 UTC",
    "  Make room now.",
    "Spend this month  healthy  $9.90  since 29 Nov 2026, 09:45:00 UTC",
    "Clock             not measured yet",
  ]);
  expect(checksToText({ ...monitoring, lastAt: null })).toMatch(/^Nothing has been measured yet/);
});

test("as one document, with what was measured over time where it is asked for", () => {
  const [first, , last] = checksToJson(monitoring, { hasPoints: true }).checks;
  expect(first).toEqual({
    ...{ name: "disk", title: "Disk", unit: "percent", at, verdict: "full", level: "bad", value: 99, since },
    ...{ sentence: "Make room now.", alerts: ["Make room now."], points: [{ at, value: 99, level: "bad" }] },
  });
  expect(last).toMatchObject({ name: "clock", at: null, verdict: null, alerts: [] });
  expect(checksToJson(monitoring, { hasPoints: false }).checks[0]).not.toHaveProperty("points");
});
