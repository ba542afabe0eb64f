import { expect, test } from "vitest";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { changedReferences } from "./changed-references";

const below = "references/01. Model/";

type Case = { what: string; has: string[]; moves: Record<string, string>; changed: string[] };
const cases: Case[] = [
  {
    what: "another image becomes the reference",
    has: ["front_warm/reference.png", "front_warm/a.png"],
    moves: { "front_warm/reference.png": "front_warm/former.png", "front_warm/a.png": "front_warm/reference.png" },
    changed: ["front_warm/reference.png"],
  },
  {
    what: "a group is renamed to what says something else",
    has: ["front_warm/reference.png"],
    moves: { "front_warm/reference.png": "front_cool/reference.png" },
    changed: ["front_warm/reference.png"],
  },
  {
    what: "a group is renamed to what says the same",
    has: ["front_warm/reference.png"],
    moves: { "front_warm/reference.png": "Front-Warm/reference.png" },
    changed: [],
  },
  {
    what: "a group is merged into one that keeps its reference",
    has: ["front_warm/reference.png", "front_cool/reference.png"],
    moves: { "front_warm/reference.png": "front_cool/former-reference.png" },
    changed: ["front_warm/reference.png"],
  },
  {
    what: "a group is merged into one whose only image was its reference",
    has: ["front_warm/a.png", "front_cool/b.png"],
    moves: { "front_warm/a.png": "front_cool/a.png" },
    changed: ["front_warm/a.png", "front_cool/b.png"],
  },
  {
    what: "there was no reference",
    has: ["front_warm/a.png", "front_warm/b.png"],
    moves: { "front_warm/a.png": "front_warm/reference.png" },
    changed: [],
  },
  {
    what: "two groups that said the same become one",
    has: ["front_warm/reference.png", "Front-Warm/a.png"],
    moves: { "Front-Warm/a.png": "front_warm/a.png" },
    changed: [],
  },
  {
    what: "the folder's name cannot be read",
    has: ["side view??/reference.png"],
    moves: { "side view??/reference.png": "front_cool/reference.png" },
    changed: [],
  },
];

test.each(cases)("$what: changed is $changed", async ({ has, moves, changed }) => {
  const schema = await loadLabelSchema();
  const root = findRoot(schema, "Model");
  const names = new Set([...has, ...Object.values(moves)].map((path) => path.split("/")[0] ?? ""));
  const folders = Array.from(names, (name) => ({
    name,
    prefix: `${below}${name}/`,
    objects: has
      .filter((path) => path.startsWith(`${name}/`))
      .map((path) => ({ key: below + path, etag: path, bytes: 1 })),
  }));
  const found = changedReferences(
    { schema, root },
    folders,
    Object.entries(moves).map(([from, to]) => ({ object: { key: below + from }, to: below + to })),
  );
  expect(found.map(({ key }) => key.slice(below.length))).toEqual(changed);
});
