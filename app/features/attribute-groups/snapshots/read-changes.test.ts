import { expect, test } from "vitest";
import { sumAuditRun } from "~/features/attribute-groups/audit/sum-audit-run.server";
import { modelRoot, openAudit } from "../../../../tests/support/world/audit-world";
import { listSnapshots, readChanges } from "./read-changes.server";

const none = {
  added: [],
  removed: [],
  renamed: [],
  references: [],
  objects: { moved: [], added: [], removed: [], replaced: [] },
};
const noCounts = {
  added: 0,
  removed: 0,
  renamed: 0,
  references: 0,
  moved: 0,
  objectsAdded: 0,
  objectsRemoved: 0,
  objectsReplaced: 0,
};

/** Three snapshots: at first, with a group renamed and a reference replaced, and with a file added. */
async function openThree() {
  const scan = await openAudit();
  await scan.putInRoot({ "front_warm/reference.png": "one", "back_cool/reference.png": "b", "back_cool/2.png": "c" });
  const first = await scan.audit();
  await scan.removeFromRoot("back_cool/reference.png", "back_cool/2.png");
  await scan.putInRoot({
    "front_warm/reference.png": "two",
    "back_neutral/reference.png": "b",
    "back_neutral/2.png": "c",
  });
  const second = await scan.audit();
  await scan.putInRoot({ "front_warm/new.png": "n" });
  const third = await scan.audit();
  return { ...scan, first, second, third };
}

test("an audit counts what changed since the one before, and its pages say the same", async () => {
  const { audit, first, second, third, db, readModel } = await openThree();
  expect(await sumAuditRun({ db }, first.id)).toMatchObject({ changes: null });
  expect(await sumAuditRun({ db }, second.id)).toMatchObject({
    changes: { ...noCounts, renamed: 1, references: 1, objectsReplaced: 1 },
  });
  expect(await sumAuditRun({ db }, third.id)).toMatchObject({ changes: { ...noCounts, objectsAdded: 1 } });
  expect(await readModel()).toMatchObject({ snapshotId: 3, objects: 4, lastChanges: { ...noCounts, objectsAdded: 1 } });

  const unchanged = await audit();

  expect(await sumAuditRun({ db }, unchanged.id)).toMatchObject({ changes: noCounts, roots: [{ changes: noCounts }] });
  expect(await readModel()).toMatchObject({ snapshotId: 3, lastChanges: { ...noCounts, objectsAdded: 1 } });
});

test("the newest is compared with the one before, unless others are named, whichever is named first", async () => {
  const { db } = await openThree();
  const read = (between: { from?: number; to?: number }) => readChanges({ db }, { root: "Model", ...between });
  const [first, second, third] = [1, 2, 3].map((id) => expect.objectContaining({ id }));
  const added = { key: `${modelRoot}front_warm/new.png`, etag: "7b8b965ad4bca0e41ab51de7b31363a1", bytes: 1 };

  expect(await read({})).toEqual({
    from: second,
    to: third,
    changes: { ...none, objects: { ...none.objects, added: [added] } },
  });
  expect(await read({ from: 2 })).toEqual(await read({}));
  expect(await read({ to: 2 })).toMatchObject({ from: first, to: second });
  expect(await read({ from: 3, to: 1 })).toEqual(await read({ from: 1, to: 3 }));
  expect(await read({ from: 2, to: 2 })).toEqual({ from: second, to: second, changes: none });

  const all = await read({ from: 1, to: 3 });
  const group = (name: string, images: number) => ({ prefix: `${modelRoot}${name}/`, name, images });
  const key = `${modelRoot}front_warm/reference.png`;
  const [one, two] = ["f97c5d29941bfb1b2fdab0874906ab82", "b8a9f715dbb64fd5c56e7783c6820a61"];
  expect(all?.changes).toEqual({
    added: [],
    removed: [],
    renamed: [{ from: group("back_cool", 2), to: group("back_neutral", 2) }],
    references: [
      { prefix: `${modelRoot}front_warm/`, name: "front_warm", before: { key, etag: one }, after: { key, etag: two } },
    ],
    objects: {
      moved: [],
      added: [added],
      removed: [],
      replaced: [{ key, before: { key, etag: one, bytes: 3 }, after: { key, etag: two, bytes: 3 } }],
    },
  });
});

test("snapshots are listed the newest first, each with its counts", async () => {
  const { db } = await openThree();
  const snapshots = await listSnapshots({ db }, { root: "Model" });
  expect(snapshots.map(({ id, groups, objects, images }) => [id, groups, objects, images])).toEqual([
    [3, 2, 4, 4],
    [2, 2, 3, 3],
    [1, 2, 3, 3],
  ]);
  expect(await listSnapshots({ db }, { root: "Mood" })).toEqual([]);
});

test("with fewer than two snapshots there is nothing to compare", async () => {
  const { audit, putInRoot, db } = await openAudit();
  expect(await readChanges({ db }, { root: "Model" })).toBeNull();
  await putInRoot({ "front_warm/reference.png": "one" });
  await audit();
  expect(await readChanges({ db }, { root: "Model" })).toBeNull();
  expect(await readChanges({ db }, { root: "Model", to: 1 })).toBeNull();
});

test("a snapshot that is none of this root is not found", async () => {
  const { db } = await openThree();
  for (const input of [
    { root: "Model", from: 99 },
    { root: "Model", to: 99 },
    { root: "Mood", from: 1, to: 2 },
  ]) {
    await expect(readChanges({ db }, input)).rejects.toMatchObject({ code: "not-found" });
  }
});
