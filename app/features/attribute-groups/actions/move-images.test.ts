import { expect, test } from "vitest";
import { onAws } from "../../../../tests/support/store/test-store";
import { MODEL, openGroupActions } from "../../../../tests/support/world/group-world";
import { moveImages } from "./move-images.server";

const below = (...names: string[]) => names.map((name) => `${MODEL}${name}`);

test("keys and folders go directly into the group; the second of a name is a conflict; all comes back exactly", async () => {
  const world = await openGroupActions();
  await world.fill({
    "stray.png": "stray",
    "front_warm/deep/": "",
    "front_warm/deep/1.png": "one",
    "front_warm/deep/deeper/1.png": "another one",
    "front_warm/deep/deeper/2.png": "two",
    "front_cool/2.png": "two of cool",
    "front_cool/nested/3.png": "three",
  });
  const before = await world.listing();

  const keys = below("stray.png", "front_warm/deep/", "front_cool/nested/3.png", "front_cool/2.png", "stray.png");
  const plan = await world.plan(moveImages, { root: "Model", keys, to: "front_cool" });
  const conflicts = [
    `“${MODEL}front_warm/deep/1.png” goes to “${MODEL}front_cool/1.png” as well, so “${MODEL}front_warm/deep/deeper/1.png” stays where it is.`,
    `“${MODEL}front_cool/2.png” exists already, so “${MODEL}front_warm/deep/deeper/2.png” stays where it is.`,
  ];
  expect(plan).toMatchObject({
    planned: 6,
    summary: { conflicts: { count: 2, sample: conflicts }, s3Calls: onAws(36) },
  });

  const run = await world.apply(plan);
  expect(run).toMatchObject({ succeeded: 4, skipped: 2, failed: 0 });
  expect(run.items.filter(({ outcome }) => outcome === "skipped").map(({ said }) => said)).toEqual(conflicts);
  expect(await world.texts()).toEqual({
    "front_cool/1.png": "one",
    "front_cool/2.png": "two of cool",
    "front_cool/3.png": "three",
    "front_cool/stray.png": "stray",
    "front_warm/deep/deeper/1.png": "another one",
    "front_warm/deep/deeper/2.png": "two",
    [`trash/run-${plan.id}/front_warm/deep/`]: "",
  });

  await world.apply(await world.planUndo(plan.id));
  expect(await world.listing()).toEqual(before);
});

test("a group that has a reference image keeps it; a new group takes the one that comes", async () => {
  const world = await openGroupActions();
  await world.fill({
    "front_warm/reference.png": "warm",
    "front_cool/reference.png": "cool",
    "back_cool/reference.png": "back",
  });
  const toCool = await world.plan(moveImages, {
    root: "Model",
    keys: below("front_warm/reference.png"),
    to: "front_cool",
  });
  expect(toCool.summary?.images).toBe(1);
  expect(toCool.summary?.facts).toEqual([
    { label: "“reference.png” becomes", value: "“former-reference.png”" },
    { label: "Reference image afterwards", value: "“reference.png”" },
  ]);
  await world.apply(toCool);
  const toNew = await world.plan(moveImages, {
    root: "Model",
    keys: below("back_cool/reference.png"),
    to: " back_warm ",
  });
  expect(toNew.summary?.images).toBe(1);
  expect(toNew.summary?.facts).toEqual([
    { label: "New group", value: "back_warm" },
    { label: "Reference image afterwards", value: "“reference.png”" },
  ]);
  await world.apply(toNew);
  expect(await world.texts()).toEqual({
    "front_cool/reference.png": "cool",
    "front_cool/former-reference.png": "warm",
    "back_warm/reference.png": "back",
  });
});

test.each([
  {
    keys: ["generated/mina/2026/01/1.png"],
    to: "front_cool",
    error: "“generated/mina/2026/01/1.png” is not below “references/01. Model/”, the folder of Model.",
  },
  {
    keys: [MODEL],
    to: "front_cool",
    error: "“references/01. Model/” is not below “references/01. Model/”, the folder of Model.",
  },
  {
    keys: below("front_warm/gone.png", "gone/"),
    to: "front_cool",
    error: "Nothing you selected is in the bucket any more. Audit Model.",
  },
  {
    keys: below("front_cool/1.png"),
    to: "front_cool",
    error: "Everything you selected is already in “front_cool”.",
  },
  {
    keys: below("front_cool/1.png"),
    to: "nowhere",
    error: "A group cannot be called “nowhere”: not “angle_tone”: no angle called “nowhere”.",
  },
  {
    keys: below("front_cool/1.png"),
    to: "warm-front",
    error: "“front_warm” stands for angle front, tone warm already. Merge the two, or choose another name.",
  },
])("refuses to move $keys to $to", async ({ keys, to, error }) => {
  const world = await openGroupActions();
  await world.fill({ "front_cool/1.png": "one", "front_warm/2.png": "two" });
  expect(await world.plan(moveImages, { root: "Model", keys, to })).toMatchObject({ status: "failed", error });
});
