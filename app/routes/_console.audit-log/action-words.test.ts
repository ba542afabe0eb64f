import { expect, test } from "vitest";
import { actionChoices, actionWords } from "./action-words";

test("an action reads as words", () => {
  expect([actionWords("run.apply"), actionWords("label-run.promote"), actionWords("schedule")]).toEqual([
    "Run: apply",
    "Label run: promote",
    "Schedule: any",
  ]);
});

test("several actions on one kind of thing can be chosen together", () => {
  expect(actionChoices(["run.apply", "run.start", "schedule.disable"])).toEqual([
    { value: "run", label: "Run: any" },
    { value: "run.apply", label: "Run: apply" },
    { value: "run.start", label: "Run: start" },
    { value: "schedule.disable", label: "Schedule: disable" },
  ]);
});
