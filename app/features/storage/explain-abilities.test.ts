import { expect, test } from "vitest";
import { awsAbilities } from "../../../tests/support/store/abilities";
import type { ProbedAbilities } from "./abilities";
import { explainAbilities } from "./explain-abilities";

const well: ProbedAbilities = { ...awsAbilities, versions: "enabled", versionRights: "granted" };
const b2: Partial<ProbedAbilities> = {
  putIfAbsent: "refused",
  afterDelete: "unknown",
  copyIfAbsent: "refused",
  deleteIfMatch: "ignored",
  tags: "not-implemented",
};

const nothingKnown: Partial<ProbedAbilities> = {
  putIfAbsent: "unknown",
  afterDelete: "unknown",
  copyIfAbsent: "unknown",
  copyIfMatch: "unknown",
  deleteIfMatch: "unknown",
  deleteMany: "unknown",
  contentMd5: "unknown",
  versions: "unknown",
  versionRights: "unknown",
  tags: "unknown",
  acl: "unknown",
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
    "suspended versions, where a deleted key stays taken",
    { versions: "suspended", afterDelete: "taken" },
    [["After a delete", "Turn versioning on again for this bucket."]],
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

test("older versions are promised only to those who may handle them", () => {
  const ofRefused = (more: Partial<ProbedAbilities>) =>
    explainAbilities({ ...well, ...b2, ...more }).find(({ name }) => name === "Put-if-absent");
  expect(ofRefused({})).toMatchObject({ does: "Rejects the condition", tone: "info", todo: null });
  expect(ofRefused({})?.means).toContain("put back from its version");
  const missing = ofRefused({ versionRights: "missing", missingRights: ["s3:DeleteObjectVersion"] });
  expect(missing).toMatchObject({ tone: "warn", todo: "Grant s3:DeleteObjectVersion." });
  expect(missing?.means).not.toContain("put back");
});

test.each<[string, Partial<ProbedAbilities>, string]>([
  ["the look after the delete finds it", {}, "makes it current again"],
  ["nobody may look", { versionRights: "missing" }, "stays as an older version"],
  ["nothing is kept", { versions: "off", versionRights: "unknown" }, "A change after that look is lost"],
])("a source that changes at the last moment, where %s", (_, more, means) => {
  const lines = explainAbilities({ ...well, deleteIfMatch: "ignored", ...more });
  expect(lines.find(({ name }) => name === "Delete-if-match")?.means).toContain(means);
});

test("whether a store that keeps no versions could keep them is not known: nothing has to be done there", () => {
  const lines = explainAbilities({ ...well, ...b2, versions: "off" });
  expect(lines.filter(({ tone }) => tone !== "good" && tone !== "info")).toMatchObject([
    { name: "Put-if-absent", means: expect.stringContaining("is lost, so plans ask for consent"), todo: null },
  ]);
});

test("an ability that is not known says why", () => {
  const doubts = ["Tags: the store answered 503."];
  const line = explainAbilities({ ...well, tags: "unknown", doubts }).find(({ name }) => name === "Tags");
  expect(line).toMatchObject({ does: "Gave no clear answer: the store answered 503.", tone: "warn" });
});

test("a call that fails is wrong, and what could not be tried says so", () => {
  const failures = [{ call: "put" as const, sentence: "Could not write: access was refused." }];
  const lines = explainAbilities({ ...well, ...nothingKnown, failures, missingRights: ["s3:PutObject"] });
  expect(lines.flatMap(({ name, todo }) => (todo === null ? [] : [[name, todo]]))).toEqual([
    ["Put", "Fix what it names, then probe again."],
    ["Rights", "Grant s3:PutObject to the console's credentials. A Backblaze B2 key needs writeFiles."],
  ]);
  expect(lines.filter(({ does }) => does === "Not tried")).toHaveLength(13);
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
