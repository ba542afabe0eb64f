import { describe, expect, test } from "vitest";
import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { labelSchema } from "~/features/label-schema/label-schema";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { openTestDb } from "../../../../tests/support/db";
import { etagOf, storeSnapshot } from "../../../../tests/support/snapshot";
import { openWorld } from "../../../../tests/support/world/world";
import { readAgeRange, readReferenceRequest } from "./reference-request";
import { resolveReferences, selectReferences } from "./resolve-references.server";

const prefix = "references/01. Model/";
const schema = await loadLabelSchema();
const model = findRoot(schema, "Model");

/** A database with an audit of these objects below the root. */
async function openAudited(paths: string[]) {
  const db = await openTestDb();
  await storeSnapshot(db, { schema, root: model, paths });
  const ask = (attributes: Record<string, string>) => {
    const mode = "angle" in attributes ? "tone+angle" : "tone";
    return resolveReferences({ db }, { root: "Model", mode, attributes });
  };
  return { db, ask };
}

describe("what is asked for", () => {
  test("by tone and angle: the one group that says both, with its reference and why", async () => {
    const { ask } = await openAudited(["front_warm/reference.png", "front_warm/b.png", "front_cool/a.png"]);

    expect(await ask({ tone: "warm", angle: "front" })).toEqual({
      root: "Model",
      mode: "tone+angle",
      attributes: { angle: "front", tone: "warm" },
      ageRange: null,
      snapshotId: 1,
      asOf: new Date(0),
      references: [
        {
          group: "front_warm",
          prefix: `${prefix}front_warm/`,
          attributes: { angle: "front", tone: "warm" },
          key: `${prefix}front_warm/reference.png`,
          etag: etagOf(`${prefix}front_warm/reference.png`),
          why: "“front_warm” stands for angle front, tone warm; “reference.png” is its only image named “reference” or “ref”.",
        },
      ],
      missing: [],
    });
    expect((await ask({ tone: "cool", angle: "front" })).references).toMatchObject([
      { why: "“front_cool” stands for angle front, tone cool; “a.png” is the group's only image." },
    ]);
  });

  test("by tone: one for each angle, in the schema's order, and what is missing between", async () => {
    const { ask } = await openAudited(["back_warm/a.png", "Warm Side/ref.JPG", "front_warm/a.png", "front_cool/a.png"]);

    const { references, missing } = await ask({ tone: "warm" });

    expect(references.map(({ group, attributes }) => [group, attributes])).toEqual([
      ["front_warm", { angle: "front", tone: "warm" }],
      ["Warm Side", { angle: "profile", tone: "warm" }],
      ["back_warm", { angle: "back", tone: "warm" }],
    ]);
    expect(missing).toEqual([
      {
        type: "missing-combination",
        attributes: { angle: "three-quarter", tone: "warm" },
        groups: [],
        reason: "There is no group for angle three-quarter, tone warm.",
      },
    ]);
  });

  test.each(["side", "SIDE", "Profile", " profile_"])("%j is profile", async (angle) => {
    const { ask } = await openAudited(["profile_warm/a.png"]);
    expect((await ask({ angle, tone: "Warm" })).attributes).toEqual({ angle: "profile", tone: "warm" });
  });

  test.each(["front_warmer", "front_warm_2", "frontal_warm", "front", "front_warm_cool", "front_warm (copy)"])(
    "a folder “%s” is never taken for front, warm",
    async (name) => {
      const { ask } = await openAudited([`${name}/reference.png`]);
      await expect(ask({ tone: "warm", angle: "front" })).rejects.toMatchObject({ code: "not-found" });
    },
  );
});

describe("what is missing", () => {
  test.each([
    ["nothing in it", ["front_warm/"], "empty-group", "“front_warm” holds no image."],
    [
      "no picture that counts",
      ["front_warm/zero.png", "front_warm/deep/reference.png"],
      "empty-group",
      "holds no image.",
    ],
    [
      "no choice made",
      ["front_warm/a.png", "front_warm/b.png"],
      "no-reference",
      "“front_warm” has 2 images, and none is named “reference” or “ref”.",
    ],
    [
      "two chosen",
      ["front_warm/ref.png", "front_warm/reference.jpg"],
      "several-candidates",
      "“front_warm” has 2 candidates for its reference image: “ref.png”, “reference.jpg”.",
    ],
  ])("a group with %s gives none, and says so", async (_what, paths, type, reason) => {
    const { ask } = await openAudited([...paths, "back_warm/a.png"]);
    const { references, missing } = await ask({ tone: "warm" });
    expect(references.map(({ group }) => group)).toEqual(["back_warm"]);
    expect(missing[0]).toEqual({
      type,
      attributes: { angle: "front", tone: "warm" },
      groups: ["front_warm"],
      reason: expect.stringContaining(reason),
    });
  });

  test("of two groups that stand for the same, neither is taken and both are named", async () => {
    const { ask } = await openAudited(["front_warm/reference.png", "Warm Front/reference.png", "back_warm/a.png"]);
    const { references, missing } = await ask({ tone: "warm" });
    expect(references.map(({ group }) => group)).toEqual(["back_warm"]);
    expect(missing).toContainEqual({
      type: "same-attributes",
      attributes: { angle: "front", tone: "warm" },
      groups: ["Warm Front", "front_warm"],
      reason: "“Warm Front” and “front_warm” stand for the same, angle front, tone warm: none of them is used.",
    });
  });

  test("an image whose very bytes cannot be decoded; other bytes say nothing of these", async () => {
    const { db, ask } = await openAudited(["front_warm/reference.png"]);
    const key = `${prefix}front_warm/reference.png`;
    const at = new Date(0);
    const row = { key, bytes: 5, kind: "reference", modifiedAt: at, createdAt: at };
    const unreadable = { unreadableClass: "corrupt", unreadable: "It is no PNG." };
    await db.image.create({ data: { ...row, ...unreadable, etag: etagOf(key), readEtag: "older" } });
    expect((await ask({ tone: "warm", angle: "front" })).references).toMatchObject([{ key }]);

    await db.image.update({ where: { key }, data: { readEtag: etagOf(key) } });
    await expect(ask({ tone: "warm", angle: "front" })).rejects.toMatchObject({
      code: "not-found",
      message:
        "No image of “Model” stands for angle front, tone warm. The reference image of “front_warm”, “reference.png”, cannot be used: It is no PNG.",
    });

    const archived = { unreadableClass: null, unreadable: null, archivedAs: "GLACIER" };
    await db.image.update({ where: { key }, data: archived });
    await expect(ask({ tone: "warm", angle: "front" })).rejects.toMatchObject({
      code: "not-found",
      message:
        "No image of “Model” stands for angle front, tone warm. The reference image of “front_warm”, “reference.png”, is archived and cannot be read before it is restored in the store.",
    });
    await db.image.update({ where: { key }, data: { etag: "other bytes" } });
    expect((await ask({ tone: "warm", angle: "front" })).references).toMatchObject([{ key }]);
  });
});

describe("by age range, from accepted labels only", () => {
  const key = `${prefix}front_warm/a.png`;
  const etag = etagOf(key);
  const at = new Date(0);
  const row = { key, etag, bytes: 5, kind: "reference", modifiedAt: at, createdAt: at };
  const label = {
    attribute: "ageRange",
    value: "20s",
    etag,
    source: "person",
    acceptedBy: "operator:1",
    acceptedAt: at,
  };

  type Given = { label?: object | null; image?: object; propose?: string };

  /** An audited reference image that is labeled 20s unless told, and what is answered for it and one without any row. */
  async function ask(ageRange: string, given: Given = {}) {
    const { db } = await openAudited(["front_warm/a.png", "profile_warm/a.png"]);
    const { id: imageId } = await db.image.create({ data: { ...row, ...given.image } });
    if (given.label !== null) await db.label.create({ data: { ...label, imageId, ...given.label } });
    if (given.propose) {
      await db.$executeRaw`PRAGMA foreign_keys = OFF`;
      const proposal = { labelRunId: 1, imageId, attribute: "ageRange", value: given.propose, etag };
      await db.proposal.create({ data: { ...proposal, createdAt: at } });
    }
    const asked = { root: "Model", mode: "tone" as const, attributes: { tone: "warm" }, ageRange };
    const { references, missing } = await selectReferences({ db, schema }, asked);
    return {
      groups: references.map(({ group }) => group),
      why: references.map(({ why }) => why),
      missing: missing.filter(({ groups }) => groups.includes("front_warm")),
      others: missing.filter(({ groups }) => groups.includes("profile_warm")),
    };
  }

  test.each(["20s", "20S", " 20s "])("%j: the image with that label, and why", async (ageRange) => {
    const { groups, why, missing, others } = await ask(ageRange);
    expect([groups, missing]).toEqual([["front_warm"], []]);
    expect(why).toEqual([
      "“front_warm” stands for angle front, tone warm; “a.png” is the group's only image. It is labeled age range 20s.",
    ]);
    expect(others).toMatchObject([{ type: "not-indexed", attributes: { angle: "profile", tone: "warm" } }]);
  });

  const unlabeled = "has no accepted label for its age range.";
  const unindexed = "is not indexed as the audit saw it, so its labels are not known.";
  test.each<[string, string, Given, string, string]>([
    ["another label", "30s", {}, "other-label", "is labeled age range 20s."],
    ["no label", "20s", { label: null }, "no-label", unlabeled],
    ["only a proposal", "20s", { label: null, propose: "20s" }, "no-label", unlabeled],
    ["a proposal beside another label", "30s", { propose: "30s" }, "other-label", "is labeled age range 20s."],
    ["a label of another attribute", "20s", { label: { attribute: "tone" } }, "no-label", unlabeled],
    [
      "a label for other bytes",
      "20s",
      { label: { etag: "older" } },
      "stale-label",
      "was replaced after it was labeled age range 20s; label it again.",
    ],
    ["other bytes than the audit saw", "20s", { image: { etag: "newer" } }, "not-indexed", unindexed],
    ["no object any more", "20s", { image: { goneAt: at } }, "not-indexed", unindexed],
  ])("an image with %s is missing, and says so", async (_what, ageRange, given, type, reason) => {
    const { groups, missing } = await ask(ageRange, given);
    expect(groups).toEqual([]);
    expect(missing).toEqual([
      {
        type,
        attributes: { angle: "front", tone: "warm" },
        groups: ["front_warm"],
        reason: `The reference image of “front_warm”, “a.png”, ${reason}`,
      },
    ]);
  });

  test.each([
    [
      schema,
      "twenties",
      "not-found",
      "There is no age range called “twenties”; there is child, teen, 20s, 30s, 40s, 50s, 60s, 70+.",
    ],
    [schema, "20", "not-found", "There is no age range called “20”; there is"],
    [schema, "", "not-found", "There is no age range called “”; there is"],
    [
      labelSchema.parse({ attributes: { tone: { values: ["warm"] } }, roots: [] }),
      "20s",
      "invalid",
      "labels/schema.json has no attribute called “ageRange”.",
    ],
  ])("an age range that cannot be read (%#)", (of, text, code, message) => {
    expect(() => readAgeRange(of, text)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  test("an alias is its value", () => {
    const of = labelSchema.parse({
      attributes: { ageRange: { values: ["20s"], aliases: { twenties: "20s" } } },
      roots: [],
    });
    expect(readAgeRange(of, "Twenties")).toBe("20s");
  });
});

describe("refused", () => {
  test("a root that nobody knows, and one that was never audited", async () => {
    const db = await openTestDb();
    const ask = (root: string) => resolveReferences({ db }, { root, mode: "tone", attributes: { tone: "warm" } });
    await expect(ask("Modle")).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining("“Modle”"),
    });
    await expect(ask("Model")).rejects.toMatchObject({
      code: "conflict",
      message: "“Model” has not been audited yet. Audit it first.",
    });
  });

  test("a root that was moved since its audit", async () => {
    const db = await openTestDb();
    await storeSnapshot(db, { schema, root: { ...model, prefix: "refs/" }, paths: ["front_warm/a.png"] });
    await expect(
      resolveReferences({ db }, { root: "Model", mode: "tone", attributes: { tone: "warm" } }),
    ).rejects.toMatchObject({
      code: "conflict",
      message: "“Model” lies at “references/01. Model/” now, but the last audit looked at “refs/”; audit it first.",
    });
  });

  test("when nothing matches: with each combination that is missing", async () => {
    const { ask } = await openAudited(["front_cool/a.png"]);
    await expect(ask({ tone: "warm" })).rejects.toMatchObject({
      code: "not-found",
      message:
        "No image of “Model” stands for tone warm. There is no group for angle front, tone warm. There is no group for angle three-quarter, tone warm. There is no group for angle profile, tone warm. There is no group for angle back, tone warm.",
    });
  });

  test("when all that matches is ambiguous: with the groups", async () => {
    const { ask } = await openAudited([
      "front_warm/a.png",
      "warm-front/a.png",
      "back_warm/ref.png",
      "back_warm/REF.jpg",
    ]);
    await expect(ask({ tone: "warm" })).rejects.toMatchObject({
      code: "conflict",
      message:
        "It is ambiguous which image of “Model” stands for tone warm. “front_warm” and “warm-front” stand for the same, angle front, tone warm: none of them is used. “back_warm” has 2 candidates for its reference image: “REF.jpg”, “ref.png”.",
    });
  });

  const other = labelSchema.parse({
    attributes: { tone: { values: ["warm", "cool"] }, angle: { values: ["front"] } },
    roots: [{ name: "Mood", prefix: "moods/", group: "{tone}" }],
  });
  test.each([
    [schema, "tone", {}, "invalid", "Mode “tone” asks for tone: tone is missing."],
    [schema, "tone", { tone: "warm", angle: "front" }, "invalid", "Mode “tone” asks for tone: “angle” is too much."],
    [schema, "tone+angle", { tone: "warm" }, "invalid", "Mode “tone+angle” asks for tone and angle: angle is missing."],
    [
      schema,
      "tone+angle",
      { mood: "x", age: "y" },
      "invalid",
      "Mode “tone+angle” asks for tone and angle: tone and angle are missing, “mood” and “age” are too much.",
    ],
    [
      schema,
      "tone",
      { tone: "warmer" },
      "not-found",
      "There is no tone called “warmer”; there is warm, neutral, cool.",
    ],
    [schema, "tone", { tone: "" }, "not-found", "There is no tone called “”; there is warm, neutral, cool."],
    [
      schema,
      "tone",
      { tone: "warm front" },
      "not-found",
      "There is no tone called “warm front”; there is warm, neutral, cool.",
    ],
    [
      other,
      "tone+angle",
      { tone: "warm", angle: "front" },
      "invalid",
      "Groups of “Mood” are named “{tone}” and have no angle: choose another mode or root.",
    ],
  ] as const)("a request that cannot be read (%#)", (of, mode, attributes, code, message) => {
    const [root] = of.roots;
    if (!root) throw new Error("a root");
    expect(() => readReferenceRequest(of, root, { mode, attributes })).toThrow(
      expect.objectContaining({ code, message }),
    );
  });
});

test("a real audit of a bucket is what is asked; the newest one counts", async () => {
  const { db, put, storage, carryOut } = await openWorld();
  const ask = () =>
    resolveReferences({ db }, { root: "Model", mode: "tone+angle", attributes: { tone: "warm", angle: "front" } });
  const key = `${prefix}01. Front-Warm/reference.png`;
  await put({ [key]: "one" });
  await carryOut(auditGroups, { root: null });
  const first = await ask();
  expect(first.references).toMatchObject([{ group: "01. Front-Warm", key, etag: (await storage.head(key))?.etag }]);

  await put({ [key]: "two" });
  expect((await ask()).references).toEqual(first.references);
  await carryOut(auditGroups, { root: null });
  expect((await ask()).references).toMatchObject([{ key, etag: (await storage.head(key))?.etag }]);
  expect((await ask()).snapshotId).toBeGreaterThan(first.snapshotId);
});
