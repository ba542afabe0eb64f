import { expect, test } from "vitest";
import { awsAbilities } from "../../../tests/support/abilities";
import type { ProbedAbilities } from "./abilities";
import { explainAbilities, explainWindow } from "./explain-abilities";

const well: ProbedAbilities = { ...awsAbilities, versions: "enabled", versionRights: "granted" };
const b2: Partial<ProbedAbilities> = {
  putIfAbsent: "refused",
  afterDelete: "unknown",
  copyIfAbsent: "refused",
  deleteIfMatch: "ignored",
  tags: "not-implemented",
};

const todos = (abilities: Partial<ProbedAbilities>) =>
  explainAbilities({ ...well, ...abilities }).flatMap(({ name, todo }) => (todo === null ? [] : [[name, todo]]));

test.each<[string, Partial<ProbedAbilities>]>([
  ["AWS", {}],
  ["AWS with ACLs turned off", { acl: "disabled" }],
  ["AWS with Object Lock", { contentMd5: "wanted" }],
  ["Backblaze B2", b2],
  ["Ceph with versions", { putIfAbsent: "ignored", copyIfAbsent: "ignored", copyIfMatch: "ignored" }],
  ["Ceph without", { versions: "off", copyIfAbsent: "ignored", deleteIfMatch: "ignored" }],
  ["a store without DeleteObjects", { deleteMany: "one-by-one" }],
])("nothing is to be done on %s", (_, abilities) => {
  expect(todos(abilities)).toEqual([]);
});

test.each<[string, Partial<ProbedAbilities>, [string, string][]]>([
  [
    "neither conditions nor versions",
    { ...b2, versions: "off" },
    [["Put-if-absent", "Turn on versioning for this bucket."]],
  ],
  [
    "suspended versions, where a deleted key stays taken",
    { versions: "suspended", afterDelete: "taken" },
    [["After a delete", "Turn versioning on again: suspended versions cause this."]],
  ],
  [
    "rights that are missing, by both names",
    { missingRights: ["s3:DeleteObjectVersion", "s3:ListBucketVersions"] },
    [
      [
        "Rights",
        "Grant s3:DeleteObjectVersion, s3:ListBucketVersions to the console's credentials. A Backblaze B2 key needs deleteFiles, listFiles. Where the bucket has a default retention, Object Lock refuses to delete versions whatever is granted.",
      ],
    ],
  ],
  ["tags that may not be read", { tags: "denied" }, [["Tags", "Grant s3:GetObjectTagging and s3:PutObjectTagging."]]],
])("%s: what to do", (_, abilities, expected) => {
  expect(todos(abilities)).toEqual(expected);
});

test("only a store with neither conditions nor versions leaves moves a window", () => {
  const window = (abilities: Partial<ProbedAbilities>) => explainWindow({ ...well, ...abilities });
  expect(window({ putIfAbsent: "refused", versions: "off" })).toMatch(/its object can be lost/);
  expect(window({ putIfAbsent: "unknown", versions: "unknown" })).not.toBeNull();
  expect(window({ putIfAbsent: "ignored" })).toBeNull();
  expect(window({ versions: "off" })).toBeNull();
});

test("an ability that is not known says why", () => {
  const doubts = ["Tags: the store answered 503."];
  const line = explainAbilities({ ...well, tags: "unknown", doubts }).find(({ name }) => name === "Tags");
  expect(line).toMatchObject({ does: "Gave no clear answer: the store answered 503.", tone: "warn" });
});

test("a call that fails is wrong, and what could not be tried says so", () => {
  const failures = [{ call: "put" as const, sentence: "Could not write: access was refused." }];
  const lines = explainAbilities({ ...well, failures });
  expect(lines.slice(0, 3)).toMatchObject([
    { name: "List", does: "Works" },
    { name: "Put", does: "Could not write: access was refused.", tone: "bad", todo: expect.any(String) },
    { name: "Get", does: "Not tried", todo: null },
  ]);
});

test("what a probe left is harmless, and said", () => {
  expect(explainAbilities({ ...well, leftovers: ["trash/diffs-ops-probe/x/1"] }).at(-1)).toMatchObject({
    does: "1 of them could not be deleted",
    todo: null,
  });
});
