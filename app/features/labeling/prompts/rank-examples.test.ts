import { describe, expect, test } from "vitest";
import { auditListing } from "~/features/attribute-groups/findings/audit-listing";
import { labelSchema } from "~/features/label-schema/label-schema";
import { rankExamples } from "./rank-examples";

const root = { name: "Model", prefix: "r/", group: "{angle}_{tone}" };
const schema = labelSchema.parse({
  attributes: { angle: { values: ["front", "three-quarter", "back"] }, tone: { values: ["warm", "neutral", "cool"] } },
  roots: [root],
});

function rank(keys: string[]): string[] {
  const objects = keys.map((key) => ({
    key: `r/${key}`,
    etag: `e-${key}`,
    bytes: 9,
    modifiedAt: new Date(0),
    storageClass: null,
    isArchived: false,
  }));
  return Array.from(rankExamples(schema, root, auditListing(schema, root, objects).groups), ({ key }) => key.slice(2));
}

describe("rankExamples", () => {
  const keys = [
    "front_warm/a.png",
    "front_cool/a.png",
    "three-quarter_neutral/a.png",
    "back_warm/a.png",
    "back_cool/a.png",
  ];

  test("puts groups that share no value first, in the schema's order", () => {
    expect(rank(keys).slice(0, 3)).toEqual(["front_warm/a.png", "three-quarter_neutral/a.png", "back_cool/a.png"]);
  });

  test("gives the same order whatever order the groups come in", () => {
    expect(rank([...keys].reverse())).toEqual(rank(keys));
  });

  test("prefers a new value of the first attribute when one has to be shared", () => {
    expect(rank(["front_warm/a.png", "front_cool/a.png", "back_warm/a.png"])).toEqual([
      "front_warm/a.png",
      "back_warm/a.png",
      "front_cool/a.png",
    ]);
  });

  test("takes the reference image, and no group whose name or reference is in doubt", () => {
    expect(
      rank([
        "front_warm/02.png",
        "front_warm/reference.png",
        "side view??/reference.png",
        "back_cool/reference.jpg",
        "back_cool/reference.png",
        "stray.png",
      ]),
    ).toEqual(["front_warm/reference.png"]);
  });
});
