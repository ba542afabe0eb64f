import { expect, test } from "vitest";
import { paceOf } from "./pace";

const steady = (from: number, to: number, ended: number) =>
  Array.from({ length: from - to + 1 }, (_, back) => ({ second: from - back, ended }));

test.each([
  ["nothing ended yet", [], null],
  ["one second of work", [{ second: 100, ended: 4 }], 4],
  ["a steady minute", steady(100, 41, 5), 5],
  ["only its last minute counts", [...steady(100, 41, 5), ...steady(40, 1, 50)], 5],
  ["one image every five seconds", [100, 95, 90, 85, 80].map((second) => ({ second, ended: 1 })), 5 / 21],
  ["an hour's pause is no work", [...steady(5000, 4981, 3), ...steady(1400, 1381, 3)], 3],
  [
    "a pause does not let older work count for more than its minute",
    [...steady(5000, 4951, 2), ...steady(90, 1, 8)],
    3,
  ],
])("%s", (_, beats, pace) => {
  expect(paceOf(beats)).toBe(pace);
});
