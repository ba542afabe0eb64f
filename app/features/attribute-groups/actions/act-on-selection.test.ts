import { expect, test } from "vitest";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { rowsFrom } from "~/ports/sql.server";
import { storeSnapshot } from "../../../../tests/support/snapshot";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { actOnSelection } from "./act-on-selection.server";

const actor = { id: "operator:1", name: "Mina" };
const prefix = "references/01. Model/";
const schema = await loadLabelSchema();
const root = findRoot(schema, "Model");

/** Images 1, 2, … at these keys, of a root whose last audit saw one group. */
async function openStudio(keys: string[]) {
  const ports = await openTestPorts();
  const at = ports.clock.now();
  await storeSnapshot(ports.db, { schema, root, paths: ["front_warm/1.png"], at });
  const rows = keys.map((key, n) => ({ id: n + 1, key }));
  await ports.db.$executeRaw`
    INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt")
    SELECT "id", "key", 'e', 1, 'reference', ${at.getTime()}, ${at.getTime()}
      FROM ${rowsFrom(rows, { id: "integer", key: "text" })}`;
  const payloads = async () =>
    (await ports.db.jobRun.findMany()).map(({ kind, payload }) => ({ kind, ...JSON.parse(payload) }));
  return { ...ports, payloads };
}

test("picked images and those of a query are planned by the keys that they have now", async () => {
  const studio = await openStudio([`${prefix}back_cool/b.png`, `${prefix}back_cool/a.png`, "uploads/mina/c.png"]);
  await actOnSelection(
    studio,
    { kind: "move-images", selection: { ids: [1] }, root: "Model", to: "front_warm" },
    actor,
  );
  const query = { root: "Model", group: "back_cool" };
  await actOnSelection(studio, { kind: "quarantine-objects", selection: { query, except: [1] }, root: "Model" }, actor);
  expect(await studio.payloads()).toEqual([
    { kind: "move-images", root: "Model", keys: [`${prefix}back_cool/b.png`], to: "front_warm" },
    { kind: "quarantine-objects", root: "Model", keys: [`${prefix}back_cool/a.png`] },
  ]);
});

test.each([
  [
    "what lies elsewhere",
    { ids: [1, 2] },
    "1 of the 2 selected images is not below “references/01. Model/”, such as “uploads/mina/c.png”.",
  ],
  ["one that lies elsewhere", { ids: [2] }, "The selected image is not below “references/01. Model/”"],
  [
    "what no image matches",
    { query: { text: "nothing" } },
    "No image matches this selection, so there is nothing to do.",
  ],
  ["what is gone", { ids: [3] }, "The selected images are no longer in the bucket."],
])("refuses %s", async (_what, selection, sentence) => {
  const studio = await openStudio([`${prefix}back_cool/b.png`, "uploads/mina/c.png", `${prefix}back_cool/gone.png`]);
  await studio.db.image.update({ where: { id: 3 }, data: { goneAt: studio.clock.now() } });
  const asked = { kind: "move-images" as const, selection, root: "Model", to: "front_warm" };
  await expect(actOnSelection(studio, asked, actor)).rejects.toThrow(sentence);
  expect(await studio.payloads()).toEqual([]);
});

test("refuses more than move at once", async () => {
  const studio = await openStudio(Array.from({ length: 1_001 }, (_, n) => `${prefix}back_cool/${n}.png`));
  const all = { kind: "move-images" as const, selection: { query: { all: true as const } }, root: "Model" };
  await expect(actOnSelection(studio, { ...all, to: "front_warm" }, actor)).rejects.toThrow(
    /^More than 1\u202f000 images are selected/,
  );
  await actOnSelection(studio, { ...all, selection: { ...all.selection, except: [1] }, to: "front_warm" }, actor);
  expect((await studio.payloads())[0].keys).toHaveLength(1_000);
});
