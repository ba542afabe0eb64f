import { expect, test } from "vitest";
import { chooseThinned } from "./choose-thinned";

const at = (id: number, day: string, hasHidden = false) => ({ id, takenAt: new Date(`${day}T03:00:00Z`), hasHidden });
const before = new Date("2026-09-01T00:00:00Z");

test("older than the limit the last of each week stays; all but the newest lose their articles", () => {
  const snapshots = [
    at(1, "2026-07-02"), // Thursday: a week begins
    at(2, "2026-07-03"),
    at(3, "2026-07-08"),
    at(4, "2026-07-09"),
    at(5, "2026-09-02"),
    at(6, "2026-09-03"),
  ];
  expect(chooseThinned(snapshots, before)).toEqual({ remove: [1, 2], strip: [3, 4, 5] });
});

test("the newest stays as it is, however old", () => {
  expect(chooseThinned([at(1, "2026-01-01"), at(2, "2026-01-01")], before)).toEqual({ remove: [1], strip: [] });
  expect(chooseThinned([at(7, "2026-01-01")], before)).toEqual({ remove: [], strip: [] });
  expect(chooseThinned([], before)).toEqual({ remove: [], strip: [] });
});

test("the last that counted hidden versions stays, however old, and loses its articles as others do", () => {
  const snapshots = [
    at(1, "2026-01-01", true),
    at(2, "2026-01-02", true),
    at(3, "2026-01-03"),
    at(4, "2026-01-04"),
    at(5, "2026-09-06"),
  ];
  expect(chooseThinned(snapshots, before)).toEqual({ remove: [1, 3], strip: [2, 4] });
});
