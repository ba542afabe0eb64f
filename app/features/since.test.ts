import { expect, test } from "vitest";
import { sinceOf, sinceWords } from "./since";

const now = new Date("2026-11-20T12:30:00Z");
const asked = (since: string) => new URLSearchParams({ since });

test.each([
  ["1h", "2026-11-20T11:30:00.000Z", "Last hour"],
  ["24h", "2026-11-19T12:30:00.000Z", "Last 24 hours"],
  ["7d", "2026-11-13T12:30:00.000Z", "Last 7 days"],
  ["30d", "2026-10-21T12:30:00.000Z", "Last 30 days"],
  ["2026-11-02", "2026-11-02T00:00:00.000Z", "2 Nov 2026"],
])("%s begins at %s", (since, moment, words) => {
  expect(sinceOf(asked(since), now)?.toISOString()).toBe(moment);
  expect(sinceWords(asked(since))).toBe(words);
});

test.each(["", "yesterday", "2026-13-40", "2026-11", "0", "24H"])("%j asks for nothing", (since) => {
  expect(sinceOf(asked(since), now)).toBeUndefined();
  expect(sinceWords(asked(since))).toBeNull();
});
