import { expect, test } from "vitest";
import { openTestDb } from "../../../tests/support/db";
import { readOwnerNames } from "./read-owner-names.server";

test("reads the names of the owners by whom images are selected", async () => {
  const db = await openTestDb();
  const createdAt = new Date("2026-11-20T10:00:00Z");
  await db.owner.createMany({
    data: [
      { id: "u-1042", name: "Mina Sato", createdAt },
      { id: "jun-park", name: "박준", createdAt },
      { id: "sofia", name: "Sofia Reyes", createdAt },
    ],
  });
  const selections = [
    { query: { owner: ["u-1042", "nobody"] } },
    { query: { owner: ["jun-park"] }, except: [3] },
    { query: { all: true as const } },
    { ids: [1, 2] },
  ];
  expect([...(await readOwnerNames(db, selections))].sort()).toEqual([
    ["jun-park", "박준"],
    ["u-1042", "Mina Sato"],
  ]);
});
