import { expect, test } from "vitest";
import { dayBegan, dayEnds, renewalWords } from "./pacific-day";

test.each([
  ["winter", "2026-11-29T16:00:00.500Z", "2026-11-29T08:00:00.000Z", "2026-11-30T08:00:00.000Z"],
  ["just before midnight", "2026-11-30T07:59:59.999Z", "2026-11-29T08:00:00.000Z", "2026-11-30T08:00:00.000Z"],
  ["midnight itself", "2026-11-30T08:00:00.000Z", "2026-11-30T08:00:00.000Z", "2026-12-01T08:00:00.000Z"],
  ["summer", "2026-07-01T12:00:00.000Z", "2026-07-01T07:00:00.000Z", "2026-07-02T07:00:00.000Z"],
  ["the day that has 23 hours", "2026-03-08T20:00:00.000Z", "2026-03-08T08:00:00.000Z", "2026-03-09T07:00:00.000Z"],
  ["the day that has 25 hours", "2026-11-01T20:00:00.000Z", "2026-11-01T07:00:00.000Z", "2026-11-02T08:00:00.000Z"],
])("%s: quotas of a day are renewed at midnight Pacific time", (_, now, began, ends) => {
  expect(dayBegan(new Date(now)).toISOString()).toBe(began);
  expect(dayEnds(new Date(now)).toISOString()).toBe(ends);
});

test("is said in UTC", () => {
  expect(renewalWords(new Date("2026-11-29T16:00:00Z"))).toBe("November 30 at 08:00 UTC");
});
