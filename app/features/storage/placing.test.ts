import { expect, test } from "vitest";
import { awsAbilities } from "../../../tests/support/store/abilities";
import type { ProbedAbilities } from "./abilities";
import { callsAMove, isUncertain, placingOf, windowOf } from "./placing";

const refused: ProbedAbilities = { ...awsAbilities, putIfAbsent: "refused", afterDelete: "unknown" };
const versioned = { versions: "enabled", versionRights: "granted" } as const;

test.each<[string, ProbedAbilities]>([
  ["AWS", awsAbilities],
  ["AWS with versions, whatever the rights", { ...awsAbilities, versions: "enabled", versionRights: "missing" }],
  ["AWS with versions suspended", { ...awsAbilities, versions: "suspended" }],
  ["Backblaze B2", { ...refused, ...versioned }],
  ["Ceph with versions", { ...awsAbilities, ...versioned, putIfAbsent: "ignored" }],
])("nothing is lost on %s", (_, abilities) => {
  expect(windowOf(abilities)).toBeNull();
  expect(placingOf(abilities)).not.toBe("window");
});

test.each<[number, ProbedAbilities]>([
  [9, awsAbilities],
  [11, { ...awsAbilities, ...versioned }],
  [12, { ...awsAbilities, ...versioned, deleteIfMatch: "ignored" }],
  [8, { ...awsAbilities, acl: "disabled" }],
])("a move takes %i calls", (calls, abilities) => {
  expect(callsAMove(abilities)).toBe(calls);
});

const cannot = "This store cannot refuse a write to a key that is taken, and";

test.each<[string, Partial<ProbedAbilities>, string, string]>([
  [
    "no versions",
    {},
    `${cannot} it keeps no versions.`,
    "If the store can keep versions, turn them on for this bucket to remove this risk.",
  ],
  [
    "suspended versions",
    { versions: "suspended" },
    `${cannot} its versions are suspended.`,
    "Turn versioning on again for this bucket.",
  ],
  [
    "a right over versions missing",
    { versions: "enabled", versionRights: "missing", missingRights: ["s3:DeleteObjectVersion", "s3:PutObjectAcl"] },
    `${cannot} the console's credentials may not list, read and delete single versions.`,
    "Grant s3:DeleteObjectVersion.",
  ],
  [
    "rights that could not be tried",
    { versions: "enabled", versionRights: "unknown" },
    `${cannot} what these credentials may do with versions is not known.`,
    "Probe the store again once it is well.",
  ],
  [
    "no right to ask for versions",
    { versions: "unknown", missingRights: ["s3:GetBucketVersioning"] },
    `${cannot} whether it keeps versions is not known.`,
    "Grant s3:GetBucketVersioning.",
  ],
  [
    "nothing known",
    { putIfAbsent: "unknown", versions: "unknown" },
    "It is not known whether this store refuses a write to a key that is taken, and whether it keeps versions is not known.",
    "Probe the store again once it is well.",
  ],
])("with %s any key has a window: why, and what ends it", (_, more, why, cure) => {
  const abilities = { ...refused, ...more };
  expect(windowOf(abilities)).toEqual({ at: "every-key", why, cure });
  expect(placingOf(abilities)).toBe("window");
});

test("where a deleted key stays taken only deleted keys have one", () => {
  expect(windowOf({ ...awsAbilities, versions: "suspended", afterDelete: "taken" })).toEqual({
    at: "deleted-keys",
    why: "Versions are suspended in this bucket, and a key that was deleted stays taken.",
    cure: "Turn versioning on again for this bucket.",
  });
});

test.each<[Partial<ProbedAbilities>, boolean]>([
  [{}, false],
  [{ tags: "unknown" }, true],
  [{ putIfAbsent: "unknown" }, true],
  [{ versions: "enabled", versionRights: "unknown" }, true],
  [{ versions: "enabled", versionRights: "missing" }, false],
  [{ versions: "unknown" }, true],
  [{ versions: "unknown", missingRights: ["s3:GetBucketVersioning"] }, false],
  [{ contentMd5: "unknown" }, false],
])("what a move needs and a probe could not tell: %o", (more, expected) => {
  expect(isUncertain({ ...awsAbilities, ...more })).toBe(expected);
});
