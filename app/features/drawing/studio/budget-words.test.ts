import { expect, test } from "vitest";
import { budgetWords } from "./budget-words";

const four = { usd: 0.136, mostUsd: 0.185, count: 4 };

test.each([
  [{ ...four, budget: "1" }, "The budget is enough. The run pauses before a call that could exceed it."],
  [
    { ...four, budget: "0.10" },
    "The budget is enough for about 2 of 4 images: the run pauses then, and you can raise it.",
  ],
  [{ ...four, budget: "0.01" }, "No picture can be drawn: one may cost $0.0463. Raise the budget."],
  [{ ...four, budget: "" }, "Give an amount in dollars, such as 0.50."],
  [{ ...four, budget: "-1" }, "A budget is more than $0."],
  [{ ...four, usd: null, budget: "1" }, "The run pauses before a call that could exceed the budget."],
])("%j: %s", (told, sentence) => {
  expect(budgetWords(told)).toBe(sentence);
});
