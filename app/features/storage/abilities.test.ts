import { expect, test } from "vitest";
import { awsAbilities } from "../../../tests/support/store/abilities";
import { probedAbilities } from "./abilities";

test("what the database holds is parsed, and another shape is refused", () => {
  expect(probedAbilities.parse(JSON.parse(JSON.stringify(awsAbilities)))).toEqual(awsAbilities);
  expect(probedAbilities.safeParse({ ...awsAbilities, putIfAbsent: "perhaps" }).success).toBe(false);
});
