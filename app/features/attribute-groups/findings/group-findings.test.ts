import { describe, expect, test } from "vitest";
import { labelSchema } from "~/features/label-schema/label-schema";
import type { StoredObject } from "~/ports/storage.server";
import { auditListing } from "./audit-listing";
import { findDiscrepancies, type Undecodable } from "./group-findings";

const schema = labelSchema.parse({
  attributes: { angle: { values: ["front", "back"] }, tone: { values: ["warm", "cool"] } },
  roots: [{ name: "Model", prefix: "root/", group: "{angle}_{tone}" }],
});
const [root] = schema.roots;
if (!root) throw new Error("one root");

const object = (key: string, bytes = 9): StoredObject => ({
  key: `root/${key}`,
  etag: `etag of ${key}`,
  bytes,
  modifiedAt: new Date(0),
  storageClass: null,
  isArchived: false,
});
/** Three groups in order, so that a case's own faults stand alone. */
const sound = ["front_warm/reference.png", "front_cool/ref.JPG", "back_warm/only.webp"].map((key) => object(key));

const audit = (objects: StoredObject[], undecodable: Record<string, Undecodable> = {}) => {
  const audited = auditListing(schema, root, objects);
  const known = { undecodable: new Map(Object.entries(undecodable)), archived: new Map(), labelled: [] };
  return { audited, findings: findDiscrepancies(schema, root, audited, known) };
};

describe("what a listing shows is found", () => {
  test.each<[string, StoredObject[], string, string, string]>([
    [
      "a missing combination",
      [],
      "missing-combination",
      "root/back_cool/",
      "There is no group for angle back, tone cool.",
    ],
    ["a bare folder", [object("back_cool/", 0)], "empty-group", "root/back_cool/", "“back_cool” holds no image."],
    [
      "no reference among several images",
      [object("back_cool/1.png"), object("back_cool/2.png")],
      "no-reference",
      "root/back_cool/",
      "“back_cool” has 2 images, and none is named “reference” or “ref”.",
    ],
    [
      "two candidates",
      [object("back_cool/reference.png"), object("back_cool/Ref.jpg"), object("back_cool/1.png")],
      "several-candidates",
      "root/back_cool/",
      "“back_cool” has 2 candidates for its reference image: “Ref.jpg”, “reference.png”.",
    ],
    [
      "archived images, one finding a group",
      ["1", "2", "3", "4", "reference"].map((name) => ({ ...object(`back_cool/${name}.png`), isArchived: true })),
      "archived",
      "root/back_cool/",
      "“back_cool” holds 5 archived images: “1.png”, “2.png”, “3.png” and 2 more.",
    ],
    [
      "an object at the root",
      [object("back_cool/1.png"), object("moodboard.png")],
      "stray-object",
      "root/moodboard.png",
      "“moodboard.png” is directly below the root, in no group.",
    ],
    [
      "a folder in a group",
      [object("back_cool/1.png"), object("back_cool/old/a/2.png"), object("back_cool/old/3.png")],
      "nested-too-deep",
      "root/back_cool/old/",
      "“back_cool/old/” holds 2 objects below a group; only what is directly in a group's folder belongs to it.",
    ],
    [
      "a text file",
      [object("back_cool/1.png"), object("back_cool/notes.txt")],
      "not-an-image",
      "root/back_cool/notes.txt",
      "“notes.txt” in “back_cool” is not named as an image.",
    ],
    [
      "an empty file",
      [object("back_cool/1.png"), object("back_cool/2.png", 0)],
      "zero-bytes",
      "root/back_cool/2.png",
      "“2.png” in “back_cool” has 0 bytes.",
    ],
  ])("%s", (_, objects, type, subject, sentence) => {
    const { findings } = audit([...sound, ...objects]);
    expect(findings).toMatchObject([{ type, subject, sentence }]);
  });

  test("a name that states nothing, and one with an unknown value, while their combination is missing", () => {
    const { findings } = audit([...sound, object("side view??/1.png"), object("back_purple/1.png")]);
    expect(findings.map(({ type, severity, sentence }) => [type, severity, sentence])).toEqual([
      ["unknown-value", "error", "“back_purple” is not “angle_tone”: no tone called “purple”."],
      ["unreadable-name", "error", "“side view??” is not “angle_tone”: no angle called “side view??”."],
      ["missing-combination", "info", "There is no group for angle back, tone cool."],
    ]);
  });

  test("two folders that stand for the same, as one finding about both", () => {
    const { findings } = audit([...sound, object("back_cool/1.png"), object("01. Cool back/1.png")]);
    expect(findings).toMatchObject([
      {
        type: "same-attributes",
        subject: "root/01. Cool back/",
        sentence: "“01. Cool back” and “back_cool” stand for the same: angle back, tone cool.",
        evidence: { groups: ["root/01. Cool back/", "root/back_cool/"] },
      },
    ]);
  });

  test("an empty root, rather than every combination that it lacks", () => {
    expect(audit([object("", 0)]).findings).toMatchObject([{ type: "empty-root", subject: "root/" }]);
  });

  test("an undecodable image, only while S3 lists the very bytes that could not be read", () => {
    const objects = [...sound, object("back_cool/1.png")];
    const reason = "the JPEG ends in the middle.";
    const known = { "root/back_cool/1.png": { etag: "etag of back_cool/1.png", reason } };
    expect(audit(objects, known).findings).toMatchObject([
      {
        type: "undecodable",
        severity: "error",
        sentence: "“1.png” in “back_cool” cannot be used: the JPEG ends in the middle.",
      },
    ]);
    expect(audit(objects, { "root/back_cool/1.png": { etag: "another", reason } }).findings).toEqual([]);
  });

  test("at most 20 objects as evidence, and how many more there are", () => {
    const many = Array.from({ length: 23 }, (_, n) => object(`back_cool/${String(n).padStart(2, "0")}.png`));
    const [finding] = audit([...sound, ...many.reverse()]).findings;
    expect(finding?.evidence.objects).toHaveLength(20);
    expect(finding?.evidence).toMatchObject({ more: 3, groups: ["root/back_cool/"] });
    expect(finding?.evidence.objects[0]).toEqual({
      key: "root/back_cool/00.png",
      etag: "etag of back_cool/00.png",
      bytes: 9,
    });
  });
});

test("every direct subfolder is a group, readable or not", () => {
  const { audited } = audit([
    ...sound,
    object("side view??/", 0),
    object("/x.png"),
    object("../y.png"),
    object("z.png"),
  ]);
  expect(audited.groups.map((group) => group.name)).toEqual([
    "",
    "..",
    "back_warm",
    "front_cool",
    "front_warm",
    "side view??",
  ]);
  expect(audited.strays.map((stray) => stray.key)).toEqual(["root/z.png"]);
});

test.each([
  [["reference.png", "a.png"], "reference.png"],
  [["REF.JPEG", "a.png"], "REF.JPEG"],
  [["a.png"], "a.png"],
  [["a.png", "notes.txt", "reference.txt"], "a.png"],
  [["a.png", "deeper/reference.png"], "a.png"],
  [["a.png", "b.png"], null],
  [["reference.png", "ref.png"], null],
  [["my reference.png", "reference.old.png"], null],
  [["notes.txt"], null],
])("of %j the reference image is %s", (names, expected) => {
  const { audited } = audit(names.map((name) => object(`front_warm/${name}`)));
  expect(audited.groups[0]?.reference?.key ?? null).toBe(expected && `root/front_warm/${expected}`);
});

test("the order in which pages arrive does not matter", () => {
  const objects = [...sound, object("back_cool/2.png"), object("back_cool/1.png"), object("b.png"), object("a.png")];
  expect(audit(objects)).toEqual(audit(objects.toReversed()));
});
