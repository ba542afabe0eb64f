import { expect, test } from "vitest";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { readQuota } from "./owner-quota";
import { setQuota } from "./set-quota.server";

const actor = { id: "operator:1", name: "Jun Park" };

async function open() {
  const ports = await openTestPorts();
  await ports.db.owner.createMany({
    data: [
      { id: "u-1", name: "Mina Sato", createdAt: new Date(0) },
      { id: "u-2", name: "Merged", createdAt: new Date(0), mergedIntoId: "u-1" },
    ],
  });
  const set = (gigabytes: string, images: string, id = "u-1") => setQuota(ports, { id, gigabytes, images, actor });
  return { ...ports, set };
}

test("a quota is set, changed and taken away, each with what it was before", async () => {
  const { db, set } = await open();
  await set("1.5", "");
  expect(await db.ownerQuota.findMany()).toEqual([{ ownerId: "u-1", bytes: 1_500_000_000n, images: null }]);
  await set(" 2 ", "100");
  await set("2", "100");
  await set("", "");
  expect(await db.ownerQuota.count()).toBe(0);
  const events = await db.auditEvent.findMany({ orderBy: { id: "asc" }, select: { action: true, sentence: true } });
  expect(events).toEqual(
    [
      "from no quota to 1.5\u202fGB",
      "from 1.5\u202fGB to 2\u202fGB and 100 images",
      "from 2\u202fGB and 100 images to no quota",
    ].map((change) => ({
      action: "owner.quota",
      sentence: `Changed the quota of the owner “Mina Sato” (u-1) ${change}`,
    })),
  );
});

test("owners that are not there have none", async () => {
  const { set } = await open();
  await expect(set("1", "", "nobody")).rejects.toThrow("There is no owner “nobody”.");
  await expect(set("1", "", "u-2")).rejects.toThrow("Owner “u-2” was merged into “u-1”.");
});

test.each([
  ["0", "", "gigabytes"],
  ["-1", "", "gigabytes"],
  ["much", "", "gigabytes"],
  ["Infinity", "", "gigabytes"],
  ["1e300", "", "gigabytes"],
  ["", "1.5", "images"],
  ["", "0", "images"],
  ["", "99999999999", "images"],
])("%j GB and %j images are no quota", (gigabytes, images, what) => {
  expect(readQuota({ gigabytes, images })).toEqual({
    complaint: `The limit of ${what} must be a number above 0 that a store could hold. Leave it empty for no limit.`,
  });
});
