import { expect, test } from "vitest";
import { awsAbilities } from "../../../tests/support/abilities";
import { canCreateOnly, keepsReplaced, type ProbedAbilities, probedAbilities } from "./abilities";

const aws: ProbedAbilities = { ...awsAbilities, versions: "enabled" };

test.each<[string, Partial<ProbedAbilities>, boolean]>([
  ["honored", {}, true],
  ["refused, as on B2", { putIfAbsent: "refused", afterDelete: "unknown" }, false],
  ["ignored, as on Ceph with versions", { putIfAbsent: "ignored" }, false],
  ["honored, but a deleted key stays taken, as on Ceph with versions suspended", { afterDelete: "taken" }, false],
  ["not known", { putIfAbsent: "unknown" }, false],
])("put-if-absent is relied on when it is %s: %o", (_, ability, expected) => {
  expect(canCreateOnly({ ...aws, ...ability })).toBe(expected);
});

test.each(["off", "suspended", "unknown"] as const)("versions %s keep nothing that is replaced", (versions) => {
  expect(keepsReplaced(aws)).toBe(true);
  expect(keepsReplaced({ ...aws, versions })).toBe(false);
});

test("what the database holds is parsed, and another shape is refused", () => {
  expect(probedAbilities.parse(JSON.parse(JSON.stringify(aws)))).toEqual(aws);
  expect(probedAbilities.safeParse({ ...aws, putIfAbsent: "perhaps" }).success).toBe(false);
});
