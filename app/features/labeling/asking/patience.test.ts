import { expect, test } from "vitest";
import { createPatience } from "./patience";

const minutes = (count: number) => count * 60_000;

test("is over after ten minutes of nothing but refusals, then begins again", () => {
  const patience = createPatience();
  const over = [0, 2, 4, 6, 8, 9.9, 10, 12, 14, 16, 18, 20, 21.9, 22].map((at) => patience.isOver(minutes(at)));
  expect(over.flatMap((isOver, index) => (isOver ? [index] : []))).toEqual([6, 13]);
});

test("an answer begins it again", () => {
  const patience = createPatience();
  for (const at of [0, 4, 8]) patience.isOver(minutes(at));
  patience.answered();
  expect([9, 13, 17].map((at) => patience.isOver(minutes(at)))).toEqual([false, false, false]);
  expect(patience.isOver(minutes(19))).toBe(true);
});

test("a run that was paused meanwhile, and resumed, has all of it", () => {
  const patience = createPatience();
  for (const at of [0, 4, 8]) patience.isOver(minutes(at));
  expect(patience.isOver(minutes(60))).toBe(false);
});
