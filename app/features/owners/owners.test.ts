import { expect, test } from "vitest";
import { openTestPorts } from "../../../tests/support/world/nowhere";
import { createOwner } from "./create-owner.server";
import { listOwners } from "./list-owners.server";
import { type OwnerOrder, parseOwnerOrder } from "./owner-order";
import { holdingsOfAll } from "./owner-rows.sql.server";
import { renameOwner } from "./rename-owner.server";

const actor = { id: "operator:1", name: "Mina" };

async function openOwners() {
  const ports = await openTestPorts();
  const { db } = ports;
  const createdAt = ports.clock.now();
  await db.owner.createMany({
    data: [
      { id: "u-1", name: "Mina Sato", email: "mina@diffs.studio", createdAt },
      { id: "u-2", name: "émile", createdAt },
      { id: "u-10", name: "Owner 10", createdAt },
      { id: "u-9", name: "Owner 9", createdAt },
      { id: "old", name: "Mina (old)", createdAt, mergedIntoId: "u-1" },
    ],
  });
  const images: [ownerId: string | null, bytes: number, day: number, isGone?: boolean][] = [
    ["u-1", 100, 1],
    ["u-1", 200, 3],
    ["u-1", 999, 9, true],
    ["u-2", 5_000, 2],
    [null, 1, 5],
  ];
  await db.image.createMany({
    data: images.map(([ownerId, bytes, day, isGone], n) => {
      const at = new Date(`2026-11-0${day}T00:00:00Z`);
      return {
        ...{ key: `a/${n}.png`, etag: "e", bytes, kind: "upload", ownerId, modifiedAt: at, createdAt: at },
        ...{ goneAt: isGone ? at : null },
      };
    }),
  });
  return {
    ...ports,
    ids: async (text: string, order: OwnerOrder) =>
      (await listOwners(ports, { text, order, page: 1 })).rows.map(({ id }) => id),
    said: async () => (await db.auditEvent.findMany({ orderBy: { id: "asc" } })).map(({ sentence }) => sentence),
  };
}

test("owners are listed with what they have now; what belongs to no one is counted beside them", async () => {
  const owners = await openOwners();
  const list = await listOwners(owners, { text: "", order: "images", page: 1 });
  expect(list).toMatchObject({ total: 4, unowned: 1, images: 4 });
  const quota = { bytes: null, images: null };
  expect(list.rows.slice(0, 2)).toEqual([
    {
      ...{ id: "u-1", name: "Mina Sato", email: "mina@diffs.studio", quota },
      ...{ images: 2, bytes: 300, lastImageAt: new Date("2026-11-03T00:00:00Z") },
    },
    {
      ...{ id: "u-2", name: "émile", email: null, quota },
      ...{ images: 1, bytes: 5_000, lastImageAt: new Date("2026-11-02T00:00:00Z") },
    },
  ]);
  expect(list.rows[2]).toMatchObject({ images: 0, bytes: 0, lastImageAt: null });
});

test("owners are found by a text and sorted as people sort names, by images, bytes, or the newest image", async () => {
  const { ids } = await openOwners();
  expect(await ids("", "name")).toEqual(["u-2", "u-1", "u-9", "u-10"]);
  expect(await ids("", "images")).toEqual(["u-1", "u-2", "u-9", "u-10"]);
  expect(await ids("", "bytes")).toEqual(["u-2", "u-1", "u-9", "u-10"]);
  expect(await ids("", "last")).toEqual(["u-1", "u-2", "u-9", "u-10"]);
  expect(await ids("owner", "name")).toEqual(["u-9", "u-10"]);
  expect(() => parseOwnerOrder("size")).toThrow(
    "There is no order called “size”. Orders of owners are name, images, bytes, last.",
  );
});

test("what owners have is read along one index", async () => {
  const { db } = await openOwners();
  const plan = await db.$queryRaw<{ detail: string }[]>`EXPLAIN QUERY PLAN ${holdingsOfAll}`;
  expect(plan.map(({ detail }) => detail)).toEqual([
    "SCAN Image USING COVERING INDEX Image_ownerId_goneAt_createdAt_id_bytes_idx",
  ]);
});

test("an owner is created and renamed, and the audit log says so; what is the same already is no change", async () => {
  const owners = await openOwners();
  await createOwner(owners, { id: " 정 호석 ", name: " Jung Ho-seok ", email: "", actor });
  await renameOwner(owners, { id: "정 호석", name: "J-Hope", email: "hope@diffs.studio", actor });
  await renameOwner(owners, { id: "정 호석", name: "J-Hope", email: "", actor });
  await renameOwner(owners, { id: "정 호석", name: "J-Hope", email: "", actor });
  expect(await owners.db.owner.findUnique({ where: { id: "정 호석" } })).toMatchObject({ name: "J-Hope", email: null });
  expect(await owners.said()).toEqual([
    "Created the owner “Jung Ho-seok” (정 호석)",
    "Renamed the owner “Jung Ho-seok” (정 호석) to “J-Hope”",
    "Changed the email address of the owner “J-Hope” (정 호석)",
  ]);
});

test.each([
  ["an empty id", { id: "  " }, "The ID is empty."],
  ["a slash", { id: "a/b" }, "The ID contains a slash, which separates the parts of a key."],
  ["dots", { id: ".." }, "An ID of dots only is not safe in a key."],
  ["a zero-width space", { id: "a\u200bb" }, "The ID contains a character that cannot be seen."],
  ["a long id", { id: "x".repeat(101) }, "The ID is longer than 100 characters."],
  ["an empty name", { name: "" }, "The name is empty."],
  ["no email address", { email: "mina" }, "“mina” is not an email address."],
  ["an id that is taken", { id: "u-1" }, "There is already an owner with the ID “u-1”: Mina Sato. Choose another ID."],
  [
    "the id of a merged owner",
    { id: "old" },
    "The ID “old” belonged to Mina (old), who was merged into “u-1”. Choose another ID.",
  ],
])("refuses %s", async (_what, written, sentence) => {
  const owners = await openOwners();
  await expect(createOwner(owners, { id: "u-3", name: "Jun", email: "", actor, ...written })).rejects.toThrow(sentence);
  expect(await owners.said()).toEqual([]);
});

test("refuses to rename an owner that is not there, or was merged", async () => {
  const owners = await openOwners();
  for (const id of ["nobody", "old"]) {
    await expect(renameOwner(owners, { id, name: "New", email: "", actor })).rejects.toThrow(
      `There is no owner “${id}” any more.`,
    );
  }
});
