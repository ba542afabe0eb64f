import { expect, test } from "vitest";
import { onAws } from "../../../../tests/support/store/test-store";
import { openGroupActions } from "../../../../tests/support/world/group-world";
import { mergeGroups } from "./merge-groups.server";

const sideIntoProfile = { root: "Model", group: "side_warm", into: "profile_warm" };

test("what has a free name comes; the same name twice is a conflict that stays, and all comes back exactly", async () => {
  const world = await openGroupActions();
  await world.fill({
    "side_warm/": "",
    "side_warm/1.png": "one of side",
    "side_warm/2.png": "two of side",
    "side_warm/more/3.png": "three of side",
    "profile_warm/": "",
    "profile_warm/2.png": "two of profile",
  });
  const before = await world.listing();

  const plan = await world.plan(mergeGroups, sideIntoProfile);
  const [taken, stays] = [
    "“references/01. Model/profile_warm/2.png” exists already",
    "so “references/01. Model/side_warm/2.png” stays where it is.",
  ];
  expect(plan).toMatchObject({
    planned: 4,
    summary: {
      bytes: 24,
      s3Calls: onAws(27),
      conflicts: { count: 1, sample: [`${taken}, ${stays}`] },
      images: 3,
      otherObjects: 1,
      facts: [{ label: "Reference image afterwards", value: "none" }],
    },
  });
  expect(await world.listing()).toEqual(before);

  const run = await world.apply(plan);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 3, skipped: 1 });
  expect(run.items.filter(({ outcome }) => outcome === "skipped")).toMatchObject([{ said: `${taken}, ${stays}` }]);
  expect(await world.texts()).toEqual({
    "side_warm/2.png": "two of side",
    "profile_warm/": "",
    "profile_warm/1.png": "one of side",
    "profile_warm/2.png": "two of profile",
    "profile_warm/more/3.png": "three of side",
    [`trash/run-${plan.id}/side_warm/`]: "",
  });

  await world.apply(await world.planUndo(plan.id));
  expect(await world.listing()).toEqual(before);
});

test("the group that stays keeps its reference image: what comes gets a free name", async () => {
  const world = await openGroupActions();
  await world.fill({
    "side_warm/reference.PNG": "reference of side",
    "side_warm/ref.png": "second of side",
    "side_warm/former-reference.png": "former of side",
    "profile_warm/reference.png": "reference of profile",
    "profile_warm/former-reference-2.png": "former of profile",
  });
  const before = await world.listing();
  const plan = await world.plan(mergeGroups, sideIntoProfile);
  expect(plan.summary?.facts).toEqual([
    { label: "“ref.png” becomes", value: "“former-reference-3.png”" },
    { label: "“reference.PNG” becomes", value: "“former-reference.PNG”" },
    { label: "Reference image afterwards", value: "“reference.png”" },
  ]);
  expect(await world.apply(plan)).toMatchObject({ succeeded: 3, skipped: 0 });
  expect(await world.texts()).toEqual({
    "profile_warm/reference.png": "reference of profile",
    "profile_warm/former-reference.png": "former of side",
    "profile_warm/former-reference-2.png": "former of profile",
    "profile_warm/former-reference-3.png": "second of side",
    "profile_warm/former-reference.PNG": "reference of side",
  });
  await world.apply(await world.planUndo(plan.id));
  expect(await world.listing()).toEqual(before);
});

test("a group without a candidate takes the one that comes", async () => {
  const world = await openGroupActions();
  await world.fill({ "side_warm/reference.png": "reference", "profile_warm/1.png": "one" });
  const plan = await world.plan(mergeGroups, sideIntoProfile);
  expect(plan.summary?.facts).toContainEqual({ label: "Reference image afterwards", value: "“reference.png”" });
  await world.apply(plan);
  expect(await world.texts()).toEqual({ "profile_warm/reference.png": "reference", "profile_warm/1.png": "one" });
});

test.each([
  {
    payload: { group: "profile_warm", into: "profile_warm" },
    error: "“profile_warm” cannot be merged with itself. Choose another group.",
  },
  {
    payload: { group: "back_warm", into: "profile_warm" },
    error: "There is no folder “back_warm” in “references/01. Model/” any more. Audit Model.",
  },
  {
    payload: { group: "profile_warm", into: "back_warm" },
    error: "There is no folder “back_warm” in “references/01. Model/” any more. Audit Model.",
  },
  {
    payload: { group: "profile_warm/more", into: "profile_warm" },
    error: "“profile_warm/more” is not a group: its name has a “/”.",
  },
])("refuses $payload", async ({ payload, error }) => {
  const world = await openGroupActions();
  await world.fill({ "profile_warm/1.png": "one", "profile_warm/more/2.png": "two" });
  expect(await world.plan(mergeGroups, { root: "Model", ...payload })).toMatchObject({ status: "failed", error });
});
