import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { z } from "zod";
import { count } from "~/features/format";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { betweenWrites } from "../../../../tests/support/between-writes";
import { randomOf } from "../../../../tests/support/random";
import { openReview } from "../../../../tests/support/world/review-world";
import { decideMany } from "./decide-many.sql.server";
import { decideOne } from "./decide-one.server";
import { listCompared } from "./list-compared.sql.server";
import { readMatrix } from "./read-matrix.sql.server";
import { readStated } from "./read-stated.sql.server";
import { type ReviewFilter, type ReviewOrder, type ReviewPlace, reviewOrders } from "./review-filter";
import { undoDecision } from "./undo-decision.sql.server";

const actor = { id: "operator:1", name: "Mina" };
const IMAGES = 4_000;
const attributes = ["angle", "tone", "expression", "hairLength", "wardrobe", "ageRange"];
const PROPOSALS = IMAGES * attributes.length;

/** A run of 24,000 proposals, more than one statement looks at, whose keys are in another order than the ids of its images. */
async function openLongRun() {
  const { db, file, ...review } = await openReview([]);
  const random = randomOf(3);
  const plain = new Database(file);
  const image = plain.prepare(
    `INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt") VALUES (?, ?, 'e', 1, 'reference', 0, 0)`,
  );
  const proposal = plain.prepare(
    `INSERT INTO "Proposal" ("labelRunId", "imageId", "etag", "attribute", "value", "confidence", "createdAt")
     VALUES (${review.labelRunId}, ?, 'e', ?, ?, ?, 0)`,
  );
  const keys = random.shuffle(Array.from({ length: IMAGES }, (_, n) => String(n).padStart(5, "0")));
  plain.transaction(() => {
    keys.forEach((key, n) => {
      image.run(n + 1, `references/01. Model/${n % 2 ? "front_warm" : "back_cool"}/${key}.png`);
      for (const attribute of attributes) {
        const value = attribute === "tone" ? random.pick(["warm", "cool"]) : n % 1_000 === 7 ? "rare" : "frequent";
        proposal.run(n + 1, attribute, value, random.once(50) ? null : random.below(40) / 40);
      }
    });
  })();
  plain.close();
  const list = (order: ReviewOrder, filter: ReviewFilter, from: ReviewPlace, limit: number) =>
    listCompared({ db }, { labelRunId: review.labelRunId, filter, stated: [], order, from, limit });
  return { ...review, db, list };
}

type Listed = { id: number; key: string; confidence: number | null; imageId: number; attribute: string };

/** The order of a list, as plain code has it. */
function sorted(found: readonly Listed[], order: ReviewOrder): Listed[] {
  const by = order.startsWith("key") ? (p: Listed) => p.key : (p: Listed) => p.confidence ?? -1;
  const compare = <Value extends string | number>(a: Value, b: Value) => (a < b ? -1 : a > b ? 1 : 0);
  const up = found.toSorted(
    (a, b) => compare(by(a), by(b)) || a.imageId - b.imageId || compare(a.attribute, b.attribute),
  );
  return order.endsWith("desc") ? up.reverse() : up;
}

test("a list of more than one statement looks at is in its order, from any place on, forwards and backwards", async () => {
  const { db, list, labelRunId } = await openLongRun();
  const rows = await db.proposal.findMany({ where: { labelRunId }, include: { image: { select: { key: true } } } });
  const all = rows.map(({ id, image: { key }, confidence, imageId, attribute }) => ({
    ...{ id, key, confidence, imageId, attribute },
  }));
  const rare = new Set(rows.filter(({ value }) => value === "rare").map(({ id }) => id));
  expect(rare.size).toBe(20);
  for (const order of reviewOrders) {
    const expected = sorted(all, order).map(({ id }) => id);
    const ids = async (...asked: [ReviewFilter, ReviewPlace, number]) =>
      (await list(order, ...asked)).map(({ id }) => id);
    expect(await ids({}, null, 3)).toEqual(expected.slice(0, 3));
    expect(await ids({}, { after: expected[19_998] ?? 0 }, 9)).toEqual(expected.slice(19_999, 20_008));
    expect(await ids({}, { before: expected[19_998] ?? 0 }, 9)).toEqual(expected.slice(19_989, 19_998));
    // What few match is found to the last one.
    const found = expected.filter((id) => rare.has(id));
    expect(await ids({ new: "rare" }, null, 60)).toEqual(found);
    expect(await ids({ new: "rare" }, { before: found[15] ?? 0 }, 60)).toEqual(found.slice(0, 15));
    const ofAge = sorted(
      all.filter(({ id, attribute }) => rare.has(id) && attribute === "ageRange"),
      order,
    );
    expect(await ids({ attribute: "ageRange", new: "rare" }, null, 60)).toEqual(ofAge.map(({ id }) => id));
  }
});

test("a run of more than one statement counts is counted, decided about and opened again as a whole", async () => {
  const { db, clock, runId, labelRunId } = await openLongRun();
  const schema = await loadLabelSchema();
  const stated = await readStated({ db }, { labelRunId, schema });
  expect(stated).toHaveLength(4);
  const read = async (filter: ReviewFilter = {}) =>
    readMatrix({ db }, { labelRunId, filter, stated, attributes: ["tone"] });
  const { matrices, counts } = await read();
  expect(counts).toMatchObject({ changes: PROPOSALS, open: PROPOSALS });
  expect(matrices.map(({ attribute }) => attribute).sort()).toEqual(attributes.toSorted());
  const tones = await db.proposal.groupBy({ by: ["value"], where: { attribute: "tone" }, _count: { _all: true } });
  expect(matrices[0]?.cells.map(({ new: to, count }) => [to, count]).sort()).toEqual(
    tones.map(({ value, _count }) => [value, _count._all]).sort(),
  );
  const disagreeing = (await read({ folder: "disagrees" })).matrices.find(({ attribute }) => attribute === "tone");
  const [warmInCool, coolInWarm] = await Promise.all(
    [
      { value: "warm", image: { key: { contains: "back_cool" } } },
      { value: "cool", image: { key: { contains: "front_warm" } } },
    ].map((where) => db.proposal.count({ where: { ...where, attribute: "tone" } })),
  );
  expect(disagreeing?.cells.map(({ count }) => count).sort()).toEqual([warmInCool, coolInWarm].sort());

  const decide = { runId, filter: {}, decision: "accepted", shown: PROPOSALS, actor } as const;
  expect(await decideMany({ db, clock }, decide)).toEqual({ decided: PROPOSALS });
  expect((await read()).counts).toMatchObject({ open: 0, accepted: PROPOSALS });
  expect(await db.decision.findMany({ select: { proposals: true } })).toEqual([{ proposals: PROPOSALS }]);
  expect((await undoDecision({ db, clock }, { runId, actor })).said).toMatch(/^Took back 24.000 accepted proposals\.$/);
  expect((await read()).counts).toMatchObject({ open: PROPOSALS, accepted: 0 });
});

/** A database whose second write is never made, as if the process had died before it. */
const dying = <Database extends Parameters<typeof betweenWrites>[0]>(db: Database) =>
  betweenWrites(db, () => {
    throw new Error("The process is gone.");
  });

test("what the same person presses between two pieces is decided, and taken back, by itself", async () => {
  const { db, clock, runId, labelRunId } = await openLongRun();
  const accept = { runId, filter: {}, decision: "accepted", shown: PROPOSALS, actor } as const;
  const press = (to: typeof db) => undoDecision({ db: to, clock }, { runId, actor });
  const accepted = () => db.proposal.count({ where: { labelRunId, decision: "accepted" } });

  const takenBack = betweenWrites(db, () => press(db));
  await expect(decideMany({ db: takenBack, clock }, accept)).rejects.toThrow(
    /^You took this decision back when [\d\u202f]+ had been decided\. The rest stays open\.$/,
  );
  expect(await accepted()).toBe(0);

  await decideMany({ db, clock }, accept);
  const rejectFirst = async () => {
    const open = await db.proposal.findFirstOrThrow({ where: { labelRunId, decision: "open" } });
    const seen = { decisionId: 0, rev: 0 };
    await decideOne({ db, clock }, { runId, proposalId: open.id, decision: "rejected", seen, actor });
  };
  expect((await press(betweenWrites(db, rejectFirst))).said).toBe(`Took back ${count(PROPOSALS)} accepted proposals.`);
  expect(await accepted()).toBe(0);
  expect(await db.proposal.count({ where: { labelRunId, decision: "rejected" } })).toBe(1);

  await decideMany({ db, clock }, { ...accept, shown: PROPOSALS - 1 });
  await expect(press(betweenWrites(db, () => press(db)))).rejects.toThrow("Another press has taken this back already.");
  expect(await accepted()).toBe(0);
});

const told = z.object({ decided: z.number().default(0), undone: z.number().default(0) });

test("what was decided or taken back before a death is in the audit log, can be taken back, and is counted once", async () => {
  const { db, clock, runId } = await openLongRun();
  const accept = { runId, filter: {}, decision: "accepted", shown: PROPOSALS, actor } as const;
  const press = (to: typeof db) => undoDecision({ db: to, clock }, { runId, actor });
  const accepted = () => db.proposal.count({ where: { decision: "accepted" } });
  const events = async (action: string) => {
    const rows = await db.auditEvent.findMany({ where: { action, actor: actor.id }, orderBy: { id: "asc" } });
    return rows.map(({ sentence, detail }) => ({ sentence, ...told.parse(JSON.parse(detail)) }));
  };
  const total = (rows: { decided: number; undone: number }[]) =>
    rows.reduce((sum, { decided, undone }) => sum + decided + undone, 0);

  await expect(decideMany({ db: dying(db), clock }, accept)).rejects.toThrow("The process is gone.");
  const kept = await accepted();
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(PROPOSALS);
  expect(await events("review.accept")).toEqual([
    { sentence: `Accepted ${count(kept)} of ${count(PROPOSALS)} open proposals.`, decided: kept, undone: 0 },
  ]);
  expect(await db.decision.findMany({ select: { proposals: true } })).toEqual([{ proposals: kept }]);
  await decideMany({ db, clock }, accept);
  expect(await accepted()).toBe(PROPOSALS);
  expect(total(await events("review.accept"))).toBe(PROPOSALS);

  expect((await press(db)).said).toBe(`Took back ${count(PROPOSALS - kept)} accepted proposals.`);
  expect(await accepted()).toBe(kept);
  const { id: proposalId, decisionId } = await db.proposal.findFirstOrThrow({ where: { decision: "accepted" } });
  const jun = { id: "operator:2", name: "Jun" };
  const seen = { decisionId: decisionId ?? 0, rev: 0 };
  await decideOne({ db, clock }, { runId, proposalId, decision: "rejected", seen, actor: jun });
  await expect(press(dying(db))).rejects.toThrow("The process is gone.");
  const left = await accepted();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(kept - 1);
  expect((await press(db)).said).toBe(`Took back ${count(kept)} accepted proposals; 1 decided again since stays.`);
  expect(await accepted()).toBe(0);
  expect((await events("review.undo")).at(-1)?.sentence).toMatch(
    new RegExp(`^Took back .+ of ${count(kept)} accepted proposals; 1 decided again since stays\\.$`),
  );
  expect(total(await events("review.undo"))).toBe(PROPOSALS - 1);
  await expect(press(db)).rejects.toThrow("You have decided nothing here that could be taken back.");
});
