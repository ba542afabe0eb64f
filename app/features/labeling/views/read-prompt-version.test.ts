import { expect, test } from "vitest";
import { openStudio, portrait } from "../../../../tests/support/world/studio";
import { listPrompts } from "./list-prompts.sql.server";
import { readPromptVersion } from "./read-prompt-version.server";

test("lists prompts by name with their newest version, and a version with its runs and examples", async () => {
  const { ports, index, label, put } = await openStudio();
  expect(await listPrompts(ports)).toEqual([]);
  await index();
  const first = await label();
  await put("front_warm/reference.png", await portrait(21, "front", "warm", "40s"));
  await index();
  const second = await label();

  const [personas, ...others] = await listPrompts(ports);
  expect(others).toEqual([]);
  expect(personas).toMatchObject({ name: "Personas", version: 2, examples: 3, runs: 2 });
  expect(personas?.attributes).toEqual(["angle", "tone", "expression", "hairLength", "wardrobe", "ageRange"]);
  expect(personas?.lastUsedAt?.getTime()).toBeGreaterThan(0);

  const newest = await readPromptVersion(ports, personas?.id ?? 0);
  expect(newest.versions.map(({ version }) => version)).toEqual([2, 1]);
  expect(newest.runs.list.map(({ id }) => id)).toEqual([second.runId]);
  expect(newest.prompt.examples.map(({ state }) => state)).toEqual(["current", "current", "current"]);

  const older = await readPromptVersion(ports, newest.versions[1]?.id ?? 0);
  expect(older.runs.list.map(({ id }) => id)).toEqual([first.runId]);
  expect(Object.fromEntries(older.prompt.examples.map(({ key, state }) => [key, state]))).toEqual({
    "references/01. Model/front_warm/reference.png": "replaced",
    "references/01. Model/profile_cool/reference.png": "current",
    "references/01. Model/back_neutral/reference.png": "current",
  });
});

test("tells an example that was moved from one that is gone", async () => {
  const { ports, index, label } = await openStudio();
  await index();
  await label();
  const keyOf = (group: string) => `references/01. Model/${group}/reference.png`;
  await ports.db.image.update({
    where: { key: keyOf("front_warm") },
    data: { key: "references/01. Model/front_cool/reference.png" },
  });
  await ports.db.image.update({ where: { key: keyOf("back_neutral") }, data: { goneAt: new Date() } });
  await ports.db.formerKey.deleteMany({ where: { key: keyOf("back_neutral") } });
  const [{ id } = { id: 0 }] = await listPrompts(ports);
  const { prompt } = await readPromptVersion(ports, id);
  expect(prompt.examples.map(({ state, keyNow }) => [state, keyNow])).toEqual([
    ["moved", "references/01. Model/front_cool/reference.png"],
    ["current", keyOf("profile_cool")],
    ["gone", keyOf("back_neutral")],
  ]);
});
