import { expect, test } from "vitest";
import { MODEL, openGroupActions } from "../../../../tests/support/world/group-world";
import { quarantineObjects } from "./quarantine-objects.server";

test("strays and folders go below trash under their whole keys, and come back exactly", async () => {
  const world = await openGroupActions();
  await world.fill({
    "stray.txt": "stray",
    "앞 🙂/": "",
    "앞 🙂/..": "dots",
    "앞 🙂/1.png": "one",
    "front_cool/2.png": "two",
  });
  const before = await world.listing();
  const plan = await world.plan(quarantineObjects, { root: "Model", keys: [`${MODEL}stray.txt`, `${MODEL}앞 🙂/`] });
  expect(plan).toMatchObject({
    title: "Quarantine 2 objects",
    planned: 4,
    summary: {
      images: 1,
      otherObjects: 3,
      facts: [{ label: "Goes to", value: `trash/run-${plan.id}/` }],
    },
  });
  expect(await world.apply(plan)).toMatchObject({ succeeded: 4 });
  expect(await world.texts()).toEqual({
    [`trash/run-${plan.id}/stray.txt`]: "stray",
    [`trash/run-${plan.id}/앞 🙂/`]: "",
    [`trash/run-${plan.id}/앞 🙂/..`]: "dots",
    [`trash/run-${plan.id}/앞 🙂/1.png`]: "one",
    "front_cool/2.png": "two",
  });
  await world.apply(await world.planUndo(plan.id));
  expect(await world.listing()).toEqual(before);
});

test("an object whose key would grow too long for S3 stays and is named", async () => {
  const world = await openGroupActions();
  const long = `front_cool/${"가".repeat(329)}.png`;
  await world.fill({ [long]: "long", "front_cool/1.png": "one" });
  const key = `${MODEL}${long}`;
  expect(Buffer.byteLength(key)).toBe(1_023);
  const plan = await world.plan(quarantineObjects, { root: "Model", keys: [`${MODEL}front_cool/`] });
  const conflict = `“trash/run-${plan.id}/${key}” is longer than the 1,024 bytes of a key, so “${key}” stays where it is.`;
  expect(plan.summary?.conflicts).toEqual({ count: 1, sample: [conflict] });
  const run = await world.apply(plan);
  expect(run.items).toMatchObject([{ outcome: "succeeded" }, { outcome: "skipped", said: conflict }]);
  expect(await world.texts()).toEqual({ [long]: "long", [`trash/run-${plan.id}/front_cool/1.png`]: "one" });
});
