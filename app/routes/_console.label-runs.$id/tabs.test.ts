import { expect, it } from "vitest";
import { labelRunTabs, tabOf } from "./tabs";

const run = {
  succeeded: 40,
  skipped: 1,
  failures: [
    { errorClass: "refused", count: 2 },
    { errorClass: "invalid", count: 3 },
    { errorClass: "truncated", count: 1 },
    { errorClass: "unanswered", count: 1 },
    { errorClass: "model-failed", count: 4 },
    { errorClass: "undecodable", count: 1 },
  ],
};

it("puts every image of a run under exactly one tab", () => {
  const counts = Object.fromEntries(labelRunTabs(run, "proposals").map(({ label, count }) => [label, count]));
  expect(counts).toEqual({
    Review: undefined,
    Proposals: 40,
    Refused: 2,
    Unusable: 5,
    "Failed or skipped": 6,
    "Plan and prompt": undefined,
  });
});

it("shows under a tab the classes that it counts", () => {
  expect(tabOf("refused", run).errorClasses).toEqual(["refused"]);
  expect(tabOf("invalid", run).errorClasses).toEqual(["invalid", "truncated", "unanswered"]);
  expect(tabOf("failed", run).errorClasses).toEqual(["model-failed", "undecodable", "skipped"]);
  expect(tabOf("plan", run)).toEqual({ tab: "plan", errorClasses: null });
  expect(tabOf("proposals", run)).toEqual({ tab: "proposals", errorClasses: null });
  expect(tabOf("nonsense", run)).toEqual({ tab: "review", errorClasses: null });
});
