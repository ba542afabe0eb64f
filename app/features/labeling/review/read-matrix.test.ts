import { expect, test } from "vitest";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { openReview } from "../../../../tests/support/world/review-world";
import { acceptable } from "./matrix";
import { readMatrix } from "./read-matrix.sql.server";
import { readStated } from "./read-stated.sql.server";
import { countFiltered } from "./review";
import type { ReviewFilter } from "./review-filter";

async function openMatrix() {
  const { db, labelRunId } = await openReview([
    { image: 1, value: "30s", confidence: 0.4, old: { value: "20s" } },
    { image: 2, value: "30s", confidence: 0.9, old: { value: "20s" } },
    { image: 3, value: "30s", confidence: 0.9, old: { value: "20s", source: "person" } },
    { image: 4, value: "30s", confidence: 0.9, old: { value: "30s" } },
    { image: 5, value: "30s", confidence: 0.9, old: { value: "30s", isStale: true } },
    { image: 6, value: "teen", confidence: null, isOutdated: true },
    { image: 1, attribute: "tone", value: "warm", confidence: 0.9 },
    { image: 2, attribute: "tone", value: "cool", confidence: 0.9 },
    { image: 7, attribute: "tone", value: "cool", confidence: 0.9 },
  ]);
  const schema = await loadLabelSchema();
  const read = async (filter: ReviewFilter = {}) => {
    const stated = await readStated({ db }, { labelRunId, schema });
    return readMatrix({ db }, { labelRunId, filter, stated, attributes: ["tone", "ageRange"] });
  };
  return { db, labelRunId, read };
}

const cell = { count: 1, open: 1, accepted: 0, rejected: 0, conflicts: 0, outdated: 0 };

test("counts old → new, attribute by attribute in the order asked for, and folds away what changes nothing", async () => {
  const { read } = await openMatrix();
  const { matrices, counts } = await read();
  expect(matrices).toEqual([
    {
      attribute: "tone",
      same: 0,
      cells: [
        { ...cell, old: null, new: "cool", count: 2, open: 2 },
        { ...cell, old: null, new: "warm" },
      ],
    },
    {
      attribute: "ageRange",
      same: 1,
      cells: [
        { ...cell, old: null, new: "teen", outdated: 1 },
        { ...cell, old: "20s", new: "30s", count: 3, open: 3, conflicts: 1 },
        // The label says the same, but of other bytes.
        { ...cell, old: "30s", new: "30s" },
      ],
    },
  ]);
  expect(counts).toMatchObject({ changes: 8, open: 8, conflicts: 1, outdated: 1, same: 1, accepted: 0, promotable: 0 });
  expect(acceptable(counts)).toBe(6);
});

test.each<[ReviewFilter, number]>([
  [{ min: 0.5 }, 6],
  [{ max: 0.5 }, 2],
  [{ folder: "disagrees" }, 1],
  [{ person: "conflict" }, 1],
  [{ decision: "rejected" }, 0],
  [{ attribute: "tone", old: null, new: "warm", min: 0.5 }, 6],
])("counts what %j keeps, wherever its cell is", async (filter, changes) => {
  const { read } = await openMatrix();
  const { matrices, counts } = await read(filter);
  expect(countFiltered(matrices, {}).changes).toBe(changes);
  // The whole run's numbers stay.
  expect(counts).toMatchObject({ changes: 8, open: 8, same: 1 });
});

test("what was accepted is to be promoted, is in place, or is left out", async () => {
  const { db, read } = await openMatrix();
  await db.proposal.updateMany({ data: { decision: "accepted" } });
  // 3 over a person's label that nobody saw, and 6 of former bytes.
  expect((await read()).counts).toMatchObject({ accepted: 9, promotable: 6, inPlace: 1, leftOut: 2, open: 0 });
  await db.proposal.updateMany({ where: { imageId: 3 }, data: { overRev: 1 } });
  expect((await read()).counts).toMatchObject({ promotable: 7, leftOut: 1 });
});
