import { expect, test } from "vitest";
import { cronWords } from "./cron-words";

test.each([
  ["* * * * *", "Every minute"],
  ["*/30 * * * *", "Every 30 minutes"],
  ["10 * * * *", "Every hour, 10 minutes past"],
  ["1 * * * *", "Every hour, 1 minute past"],
  ["0 * * * *", "Every hour, on the hour"],
  ["15 */6 * * *", "Every 6 hours, 15 minutes past"],
  ["20 3 * * *", "Every day at 03:20"],
  ["0 9 * * 1-5", "Monday to Friday at 09:00"],
  ["5 18 * * 1", "Every Monday at 18:05"],
  ["0 0 * * 7", "Every Sunday at 00:00"],
  ["0 4 1 * *", "Day 1 of each month at 04:00"],
])("%s is “%s”", (cron, words) => {
  expect(cronWords(cron)).toBe(words);
});

test.each(["0 9 1 * 1", "0 9 * 12 *", "0,30 * * * *", "*/5 9-17 * * 1-5", "* * * *", "0 0 9 * * *", ""])(
  "%j keeps its expression",
  (cron) => {
    expect(cronWords(cron)).toBeNull();
  },
);
