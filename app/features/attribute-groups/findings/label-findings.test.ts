import { expect, test } from "vitest";
import { labelSchema } from "~/features/label-schema/label-schema";
import type { StoredObject } from "~/ports/storage.server";
import { auditListing } from "./audit-listing";
import { findLabelProblems, type LabelledImage } from "./label-findings";

const schema = labelSchema.parse({
  attributes: { angle: { values: ["front", "back"] }, tone: { values: ["warm", "cool"] }, age: { values: ["20s"] } },
  roots: [{ name: "Model", prefix: "root/", group: "{angle}_{tone}" }],
});
const [root] = schema.roots;
if (!root) throw new Error("one root");

const object = (key: string, etag = "now"): StoredObject => ({
  key: `root/${key}`,
  etag,
  bytes: 9,
  modifiedAt: new Date(0),
  storageClass: null,
  isArchived: false,
});
const labelled = (key: string, labels: Record<string, string>, etag = "now"): LabelledImage => ({
  key: `root/${key}`,
  bytes: 7,
  labels: Object.entries(labels).map(([attribute, value]) => ({ attribute, value, etag })),
});
const find = (objects: StoredObject[], images: LabelledImage[]) =>
  findLabelProblems(root, auditListing(schema, root, objects), images);

test.each<[string, StoredObject[], LabelledImage[], [type: string, subject: string, sentence: string][]]>([
  [
    "labels that agree",
    [object("front_warm/1.png")],
    [labelled("front_warm/1.png", { angle: "front", tone: "warm" })],
    [],
  ],
  ["a label that no folder states", [object("front_warm/1.png")], [labelled("front_warm/1.png", { age: "20s" })], []],
  [
    "one label that contradicts",
    [object("front_warm/1.png")],
    [labelled("front_warm/1.png", { angle: "front", tone: "cool" })],
    [
      [
        "label-contradicts",
        "root/front_warm/1.png",
        "“1.png” in “front_warm” is labeled tone cool; its folder stands for tone warm.",
      ],
    ],
  ],
  [
    "two of one image, in one sentence",
    [object("front_warm/1.png")],
    [labelled("front_warm/1.png", { angle: "back", tone: "cool" })],
    [
      [
        "label-contradicts",
        "root/front_warm/1.png",
        "“1.png” in “front_warm” is labeled angle back, tone cool; its folder stands for angle front, tone warm.",
      ],
    ],
  ],
  [
    "a folder that cannot be read contradicts nothing",
    [object("??/1.png")],
    [labelled("??/1.png", { tone: "cool" })],
    [],
  ],
  [
    "an image below the group's folder",
    [object("front_warm/old/1.png")],
    [labelled("front_warm/old/1.png", { tone: "cool" })],
    [],
  ],
  [
    "a label of other bytes, which then contradicts nothing",
    [object("front_warm/1.png", "now")],
    [labelled("front_warm/1.png", { tone: "cool" }, "then")],
    [
      [
        "stale-label",
        "root/front_warm/1.png",
        "“1.png” in “front_warm” was replaced after its label was accepted: tone cool.",
      ],
    ],
  ],
  [
    "one stale label beside one that contradicts",
    [object("front_warm/1.png")],
    [
      {
        key: "root/front_warm/1.png",
        bytes: 7,
        labels: [
          { attribute: "angle", value: "back", etag: "now" },
          { attribute: "tone", value: "warm", etag: "then" },
        ],
      },
    ],
    [
      [
        "stale-label",
        "root/front_warm/1.png",
        "“1.png” in “front_warm” was replaced after its label was accepted: tone warm.",
      ],
      [
        "label-contradicts",
        "root/front_warm/1.png",
        "“1.png” in “front_warm” is labeled angle back; its folder stands for angle front.",
      ],
    ],
  ],
  [
    "a stale label of a stray",
    [object("front_warm/1.png"), object("s.png")],
    [labelled("s.png", { tone: "cool" }, "then")],
    [["stale-label", "root/s.png", "“s.png” was replaced after its label was accepted: tone cool."]],
  ],
  [
    "an image that left a folder that is there",
    [object("front_warm/1.png")],
    [labelled("front_warm/2.png", { tone: "cool" })],
    [],
  ],
  [
    "labels of folders that are gone",
    [object("front_warm/1.png")],
    [
      labelled("back_cool/1.png", { tone: "cool" }),
      labelled("back_cool/2.png", {}),
      labelled("back_warm/old/1.png", {}),
    ],
    [
      ["label-on-vanished-group", "root/back_cool/", "“back_cool” is gone, and 2 of its images have accepted labels."],
      ["label-on-vanished-group", "root/back_warm/", "“back_warm” is gone, and 1 of its images has accepted labels."],
    ],
  ],
])("%s", (_, objects, images, expected) => {
  expect(find(objects, images).map(({ type, subject, sentence }) => [type, subject, sentence])).toEqual(expected);
});

test("the keys of a vanished folder are its evidence, as they were labelled", () => {
  const images = Array.from({ length: 21 }, (_, n) =>
    labelled(`back_cool/${String(n).padStart(2, "0")}.png`, { tone: "cool" }, "then"),
  );
  const [finding] = find([object("front_warm/1.png")], images);
  expect(finding?.severity).toBe("warning");
  expect(finding?.evidence).toMatchObject({ groups: [], more: 1 });
  expect(finding?.evidence.objects).toHaveLength(20);
  expect(finding?.evidence.objects[0]).toEqual({ key: "root/back_cool/00.png", etag: "then", bytes: 7 });
});
