import { expect, test } from "vitest";
import { onAws } from "../../../../tests/support/store/test-store";
import { MODEL, openGroupActions } from "../../../../tests/support/world/group-world";
import { renameGroup } from "./rename-group.server";

const toCool = { root: "Model", group: "front_warm", name: "front_cool" };

test("everything below the folder goes below the new one, and comes back exactly", async () => {
  const world = await openGroupActions();
  await world.fill({
    "front_warm/": "",
    "front_warm/reference.png": "reference",
    "front_warm/1.png": "one",
    "front_warm/more/2.PNG": "two",
    "front_warm/notes.txt": "text",
    "front_warmer/3.png": "another group",
    "back_cool/4.png": "another group, too",
  });
  const before = await world.listing();

  const plan = await world.plan(renameGroup, toCool);
  expect(plan).toMatchObject({
    title: "Rename “front_warm” to “front_cool”",
    status: "planned",
    planned: 5,
    summary: {
      bytes: 19,
      s3Calls: onAws(45),
      images: 3,
      otherObjects: 2,
      facts: [{ label: "Reference image afterwards", value: "“reference.png”" }],
    },
  });
  expect(plan.summary?.conflicts).toBeUndefined();
  expect(await world.listing()).toEqual(before);

  expect(await world.apply(plan)).toMatchObject({ status: "succeeded", succeeded: 5 });
  expect(await world.texts()).toEqual({
    "front_cool/": "",
    "front_cool/reference.png": "reference",
    "front_cool/1.png": "one",
    "front_cool/more/2.PNG": "two",
    "front_cool/notes.txt": "text",
    "front_warmer/3.png": "another group",
    "back_cool/4.png": "another group, too",
  });

  const undo = await world.planUndo(plan.id);
  expect(undo).toMatchObject({ title: "Undo of Rename “front_warm” to “front_cool”", planned: 5 });
  expect(undo.summary?.conflicts).toBeUndefined();
  expect(await world.apply(undo)).toMatchObject({ status: "succeeded", succeeded: 5 });
  expect(await world.listing()).toEqual(before);
});

test.each([
  { name: "front_warm", error: "The group is called “front_warm” already." },
  {
    name: "side view??",
    error: "A group cannot be called “side view??”: not “angle_tone”: no angle called “side view??”.",
  },
  { name: "..", error: "A group cannot be called “..”: many programs take that for another folder." },
  { name: "a/b", error: "A group cannot be called “a/b”: “/” would make it a folder within a folder." },
  { name: "  ", error: "Give the group a name." },
  { name: "front\tcool", error: "A group cannot be called “front<U+0009>cool”: it has an invisible character." },
  { name: "back_cool", error: "A folder “back_cool” exists already. Merge the two instead." },
  {
    name: "cool-back",
    error: "“back_cool” stands for angle back, tone cool already. Merge the two, or choose another name.",
  },
])("refuses $name", async ({ name, error }) => {
  const world = await openGroupActions();
  await world.fill({ "front_warm/1.png": "one", "back_cool/4.png": "four" });
  const plan = await world.plan(renameGroup, { ...toCool, name });
  expect(plan).toMatchObject({ status: "failed", planned: 0, error });
});

test("refuses a folder that is no more", async () => {
  const world = await openGroupActions();
  await world.fill({ "back_cool/4.png": "four" });
  expect(await world.plan(renameGroup, toCool)).toMatchObject({
    status: "failed",
    error: `There is no folder “front_warm” in “${MODEL}” any more. Audit Model.`,
  });
});

test.each(["Front_Warm", "01. front_warm", "front-warm"])(
  "a group that says the same by its new name, “%s”, may have it",
  async (name) => {
    const world = await openGroupActions();
    await world.fill({ "front_warm/1.png": "one" });
    await world.apply(await world.plan(renameGroup, { ...toCool, name: ` ${name} ` }));
    expect(await world.texts()).toEqual({ [`${name}/1.png`]: "one" });
  },
);

test.each([" front_warm ", "앞_따뜻함", "🙂 front", "..", "side view??", "x".repeat(200), "fro\u0301nt_warm"])(
  "a folder called “%s” is renamed and comes back exactly",
  async (group) => {
    const world = await openGroupActions();
    await world.fill({ [`${group}/1.png`]: "one", [`${group}/${group}/앞 🙂.png`]: "two", "back_cool/4.png": "four" });
    const before = await world.listing();
    const plan = await world.plan(renameGroup, { ...toCool, group });
    expect(await world.apply(plan)).toMatchObject({ succeeded: 2 });
    expect(await world.texts()).toEqual({
      "front_cool/1.png": "one",
      [`front_cool/${group}/앞 🙂.png`]: "two",
      "back_cool/4.png": "four",
    });
    await world.apply(await world.planUndo(plan.id));
    expect(await world.listing()).toEqual(before);
  },
);
