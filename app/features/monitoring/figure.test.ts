import { expect, test } from "vitest";
import { figure } from "./figure";

test.each([
  [12_431, "count", "12\u202f431"],
  [12.34, "percent", "12.3\u202f%"],
  [0.0836, "usd", "$0.0836"],
  [1_234_567, "bytes", "1.2\u202fMB"],
  [0, "seconds", "0\u202fs"],
  [0.42, "seconds", "0.4\u202fs"],
  [41.2, "seconds", "41\u202fs"],
  [5_400, "seconds", "1\u202fh 30\u202fmin"],
  [1, "days", "1 day"],
  [29.9, "days", "29 days"],
  [1_800, "per hour", "1\u202f800/h"],
] as const)("%d %s", (value, unit, text) => {
  expect(figure(value, unit)).toBe(text);
});
