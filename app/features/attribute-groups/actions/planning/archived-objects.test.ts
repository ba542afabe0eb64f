import { beforeEach, expect, test } from "vitest";
import { mergeGroups } from "~/features/attribute-groups/actions/merge-groups.server";
import { moveImages } from "~/features/attribute-groups/actions/move-images.server";
import { quarantineObjects } from "~/features/attribute-groups/actions/quarantine-objects.server";
import { renameGroup } from "~/features/attribute-groups/actions/rename-group.server";
import { setReference } from "~/features/attribute-groups/actions/set-reference.server";
import { chosenStore, hasArchive } from "../../../../../tests/support/store/test-store";
import { MODEL, openGroupActions } from "../../../../../tests/support/world/group-world";

beforeEach(({ skip }) => skip(!hasArchive(chosenStore()), "This store has no archive classes."));

const archive = { contentType: "image/png", storageClass: "GLACIER" };

async function openWorld() {
  const world = await openGroupActions();
  await world.fill({ "front_warm/1.png": "one", "front_warm/2.png": "two", "back_cool/4.png": "four" });
  for (const name of ["a", "b", "c", "d"]) {
    await world.storage.put(`${MODEL}front_warm/old-${name}.png`, Buffer.from(name), archive);
  }
  return world;
}

type World = Awaited<ReturnType<typeof openWorld>>;

test.each([
  ["a rename", (world: World) => world.plan(renameGroup, { root: "Model", group: "front_warm", name: "front_cool" })],
  ["a merge", (world: World) => world.plan(mergeGroups, { root: "Model", group: "front_warm", into: "back_cool" })],
])("%s does not split a group of which a part is archived", async (_, planIn) => {
  const plan = await planIn(await openWorld());
  expect(plan).toMatchObject({
    status: "failed",
    planned: 0,
    error:
      "“front_warm” holds 4 archived objects: “old-a.png”, “old-b.png”, “old-c.png” and 1 more. Archived objects cannot be moved, so the group would be split. Restore them in the store, then start again.",
  });
});

test("a tier of INTELLIGENT_TIERING that no listing shows is found before a group is split", async () => {
  const world = await openGroupActions();
  await world.fill({ "front_warm/1.png": "one" });
  await world.storage.put(`${MODEL}front_warm/2.png`, Buffer.from("two"), {
    ...archive,
    storageClass: "INTELLIGENT_TIERING",
  });
  const rename = { root: "Model", group: "front_warm", name: "front_cool" };
  world.setFaults([{ operation: "GetObject", keyPattern: "/2.png", status: 403, code: "InvalidObjectState" }]);
  expect(await world.plan(renameGroup, rename)).toMatchObject({
    status: "failed",
    error: expect.stringContaining("“front_warm” holds 1 archived object: “2.png”."),
  });

  world.setFaults([]);
  expect(await world.apply(await world.plan(renameGroup, rename))).toMatchObject({ succeeded: 2, failed: 0 });
});

test("an archived image cannot become the reference", async () => {
  const world = await openWorld();
  const plan = await world.plan(setReference, { root: "Model", key: `${MODEL}front_warm/old-a.png` });
  expect(plan).toMatchObject({ status: "failed", error: expect.stringContaining("1 archived object: “old-a.png”.") });
});

const keys = [`${MODEL}front_warm/1.png`, `${MODEL}front_warm/old-a.png`];

test.each([
  ["moved", (world: World) => world.plan(moveImages, { root: "Model", keys, to: "back_cool" })],
  ["quarantined", (world: World) => world.plan(quarantineObjects, { root: "Model", keys })],
])("of what was picked to be %s, the archived stays, and the plan says so", async (_, planIn) => {
  const world = await openWorld();
  const plan = await planIn(world);
  const sentence = `“${MODEL}front_warm/old-a.png” is archived, so it stays where it is. Restore it in the store, then move it.`;
  expect(plan).toMatchObject({ planned: 2, summary: { conflicts: { count: 1, sample: [sentence] } } });

  const run = await world.apply(plan);
  expect(run).toMatchObject({ succeeded: 1, skipped: 1, failed: 0 });
  expect(run.items[1]).toMatchObject({ outcome: "skipped", said: sentence });
});
