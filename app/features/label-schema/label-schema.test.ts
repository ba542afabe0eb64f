import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { labelSchema, patternAttributes } from "./label-schema";
import { findRoot, loadLabelSchema } from "./load-label-schema.server";

const angle = { values: ["front", "back"] };
const tone = { values: ["warm", "cool"] };
const root = { name: "Model", prefix: "references/01. Model/", group: "{angle}_{tone}" };

test("the project's own file is usable", async () => {
  const schema = await loadLabelSchema();
  expect(patternAttributes(findRoot(schema, "Model").group)).toEqual(["angle", "tone"]);
  expect(() => findRoot(schema, "Modell")).toThrow(
    "labels/schema.json has no attribute root called “Modell”; there is “Model”.",
  );
});

test.each([
  ["an unknown attribute", { attributes: { angle }, roots: [root] }, "no attribute called “tone”"],
  [
    "an attribute twice",
    { attributes: { angle }, roots: [{ ...root, group: "{angle}_{angle}" }] },
    "names an attribute twice",
  ],
  [
    "a pattern without braces",
    { attributes: { angle, tone }, roots: [{ ...root, group: "angle_tone" }] },
    "must be attributes in braces",
  ],
  [
    "a prefix that is no folder",
    { attributes: { angle, tone }, roots: [{ ...root, prefix: "references" }] },
    "must be a folder",
  ],
  [
    "an untracked prefix",
    { attributes: { angle, tone }, roots: [{ ...root, prefix: "trash/x/" }] },
    "where no image is tracked",
  ],
  [
    "a root within another",
    { attributes: { angle, tone }, roots: [root, { ...root, name: "B", prefix: "references/" }] },
    "overlaps the root “Model”",
  ],
  [
    "two roots of one name",
    { attributes: { angle, tone }, roots: [root, { ...root, prefix: "elsewhere/" }] },
    "two roots are called “Model”",
  ],
  [
    "values that read alike",
    { attributes: { angle: { values: ["three-quarter", "Three_Quarter"] } }, roots: [] },
    "read alike",
  ],
  [
    "an alias that leads nowhere",
    { attributes: { angle: { ...angle, aliases: { side: "profile" } } }, roots: [] },
    "“profile” is not a listed value",
  ],
  [
    "an alias that is a value",
    { attributes: { angle: { ...angle, aliases: { front: "back" } } }, roots: [] },
    "read alike",
  ],
  ["no value", { attributes: { angle: { values: [] } }, roots: [] }, "attributes.angle.values"],
  ["a misspelt field", { attributes: { angle: { ...angle, alias: {} } }, roots: [] }, "alias"],
])("refuses %s", async (_, json, complaint) => {
  await expect(loadLabelSchema(fileWith(JSON.stringify(json)))).rejects.toMatchObject({
    name: "DomainError",
    code: "invalid",
    message: expect.stringContaining(complaint),
  });
});

test("says where a file is not JSON, and where there is none", async () => {
  await expect(loadLabelSchema(fileWith("{ roots: [] }"))).rejects.toThrow(/schema\.json is not JSON: /);
  await expect(loadLabelSchema("labels/absent.json")).rejects.toThrow(/labels\/absent\.json cannot be read/);
});

test("fills in what may be left out", () => {
  expect(labelSchema.parse({ attributes: { angle }, roots: [] }).attributes.angle?.aliases).toEqual({});
});

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "label-schema-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "schema.json");
  writeFileSync(file, text);
  return file;
}
