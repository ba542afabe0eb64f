import { expect, test } from "vitest";
import { explainRoots } from "./explain-roots";

test("an attribute root that a CDN serves is told, one below references/ is not", () => {
  expect(explainRoots([{ prefix: "references/01. Model/" }, { prefix: "faces/" }])).toMatchObject([
    { tone: "bad", does: "“faces/” is an attribute root, and everyone can open it through the CDN" },
  ]);
});
