import { expect, test } from "vitest";
import { sql } from "~/ports/sql.server";
import { openTestDb } from "../../../tests/support/db";
import { countMissingThumbnails, countThumbnailStates, countUnreadable } from "./missing-thumbnails.sql.server";
import { readThumbnailStates } from "./read-thumbnail-states.server";

const etag = "now";
const unreadable = { readEtag: etag, unreadableClass: "undecodable", unreadable: "The picture is damaged." };

/** One image of each sort, and two of those that the name says. */
const rows: Record<string, object> = {
  made: { thumbnailEtag: etag, readEtag: etag },
  "missing-1": {},
  "missing-2": {},
  stale: { thumbnailEtag: "before", readEtag: "before" },
  "unreadable before": { ...unreadable, readEtag: "before" },
  unreadable,
  archived: { archivedAs: "GLACIER" },
  "archived-stale": { archivedAs: "GLACIER", thumbnailEtag: "before" },
  "archived-unreadable": { archivedAs: "GLACIER", ...unreadable },
  "archived-made": { archivedAs: "GLACIER", thumbnailEtag: etag },
  gone: { goneAt: new Date(0) },
};

async function open() {
  const db = await openTestDb();
  const common = { etag, bytes: 1n, kind: "upload", modifiedAt: new Date(0), createdAt: new Date(0) };
  await db.image.createMany({
    data: Object.entries(rows).map(([name, facts]) => ({ key: name, ...common, ...facts })),
  });
  return db;
}

test("each image counts once: as made, missing, stale, archived or unreadable", async () => {
  const db = await open();
  expect(await readThumbnailStates({ db })).toMatchObject({
    images: 10,
    made: 2,
    missing: 3,
    stale: 1,
    archived: 2,
    unreadable: [{ errorClass: "undecodable", images: 2 }],
  });
  expect(await countMissingThumbnails(db)).toBe(4);
});

/** How the database comes to what a function asks of images. */
async function planOf(ask: (db: Awaited<ReturnType<typeof open>>) => Promise<unknown>) {
  const db = await open();
  const queryRaw = db.$queryRaw.bind(db);
  const plan: string[] = [];
  const explained = async (texts: TemplateStringsArray, ...values: unknown[]) => {
    const query = sql(texts, ...values);
    const steps = await queryRaw<{ detail: string }[]>`EXPLAIN QUERY PLAN ${query}`;
    plan.push(...steps.map(({ detail }) => detail).filter((detail) => detail.includes(" i ")));
    return queryRaw(query);
  };
  await ask(Object.assign(db, { $queryRaw: explained }));
  return plan;
}

test.each([
  ["the states", countThumbnailStates, "COVERING INDEX Image_thumbnailState_idx"],
  ["what is missing", countMissingThumbnails, "COVERING INDEX Image_thumbnailState_idx"],
  ["the unreadable ones", countUnreadable, "INDEX Image_unreadableClass_idx"],
])("%s are counted along an index", async (_case, ask, index) => {
  const plan = await planOf(ask);
  expect(plan.length).toBeGreaterThan(0);
  for (const step of plan) expect(step).toContain(index);
});
