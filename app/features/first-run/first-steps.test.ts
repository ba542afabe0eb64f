import { describe, expect, it, test } from "vitest";
import type { RunView } from "~/features/job-runs/views/run-view";
import { openTestDb } from "../../../tests/support/db";
import { type Found, firstSteps } from "./first-steps";
import { readFirstRun } from "./read-first-run.server";

const now = new Date("2026-11-20T12:00:00Z");
const store = { bucket: "studio-images", endpoint: "https://s3.example.com" };
const none = { newest: null, hasSucceeded: false };
const model = { name: "Model", prefix: "references/01. Model/", hasObjects: true };

/** A console that nothing was done in but the probe. */
const nothing: Found = {
  store: { ...store, abilities: { failures: [] }, failure: null },
  images: 0,
  schema: { roots: [{ ...model, hasObjects: false }], instead: null },
  audit: null,
  runs: { index: none, audit: none, thumbnails: none },
};
const ended = { newest: null, hasSucceeded: true };
const indexed: Found = {
  ...nothing,
  images: 60,
  schema: { roots: [model], instead: null },
  runs: { ...nothing.runs, index: ended },
};
const audited: Found = { ...indexed, audit: { groups: 14, findings: 7 }, runs: { ...indexed.runs, audit: ended } };

function run(more: Partial<RunView>): RunView {
  return {
    ...{ id: 7, kind: "index-images", title: "Index images", status: "running", lane: "bulk", actorName: "Mina" },
    ...{ autoApply: true, undoOfId: null, itemsRemovedAt: null, planHash: null, summary: null },
    ...{
      planned: 4,
      succeeded: 1,
      failed: 0,
      skipped: 0,
      done: 1,
      ratePerSecond: null,
      etaSeconds: null,
      seconds: null,
    },
    ...{ error: null, pauseReason: null, pausedUntil: null, waiting: null, parked: null },
    ...{ createdAt: now, plannedAt: now, expiresAt: null, appliedAt: now, startedAt: now, finishedAt: null, asOf: now },
    ...more,
  };
}
const newest = (more: Partial<RunView>, hasSucceeded = false) => ({ newest: run(more), hasSucceeded });

describe("which step is next", () => {
  test.each<[string, Found, string | null]>([
    ["a store that no one has probed", { ...nothing, store: { ...nothing.store, abilities: null } }, "storage"],
    ["a bucket that can be reached", nothing, "index"],
    ["an index run that found nothing", { ...nothing, runs: { ...nothing.runs, index: ended } }, "index"],
    ["an index run that is under way", { ...nothing, runs: { ...nothing.runs, index: newest({}) } }, "index"],
    ["images, none below a root", { ...indexed, schema: nothing.schema }, "roots"],
    ["a label schema that cannot be read", { ...indexed, schema: { problem: "It is no JSON." } }, "roots"],
    ["images below a root", indexed, "audit"],
    ["an audit", audited, "thumbnails"],
    ["an audit that a schedule made before the index", { ...audited, images: 0 }, "index"],
    ["a plan that finds no thumbnail to make", withThumbnails(newest({ status: "planned", planned: 0 })), null],
    ["a plan that waits to be read", withThumbnails(newest({ status: "planned", planned: 60 })), "thumbnails"],
    ["thumbnails", withThumbnails(ended), null],
    ["another backfill under way later", withThumbnails(newest({}, true)), null],
    [
      "a store that another version has to probe again, later",
      { ...withThumbnails(ended), store: { ...nothing.store, abilities: null } },
      null,
    ],
  ])("after %s", (_, found, next) => {
    expect(firstSteps(found)?.find(({ state }) => state === "next")?.name ?? null).toBe(next);
  });
});

function withThumbnails(thumbnails: Found["runs"]["thumbnails"]): Found {
  return { ...audited, runs: { ...audited.runs, thumbnails } };
}

describe("what is wrong, and what to do", () => {
  const denied = { call: "list" as const, sentence: "Listing was refused: grant s3:ListBucket." };
  const readOnly = { call: "put" as const, sentence: "Writing was refused: grant s3:PutObject." };
  test.each<[string, Found, string, string | null]>([
    [
      "a bucket out of reach",
      { ...nothing, store: { ...store, abilities: null, failure: { sentence: "S3 does not answer." } } },
      "storage",
      "S3 does not answer.",
    ],
    [
      "no right to list",
      { ...nothing, store: { ...store, abilities: { failures: [denied] }, failure: null } },
      "storage",
      denied.sentence,
    ],
    [
      "a bucket that can only be read",
      { ...nothing, store: { ...store, abilities: { failures: [readOnly] }, failure: null } },
      "storage",
      "Writing was refused: grant s3:PutObject. Indexing and audits work all the same; thumbnails and changes do not.",
    ],
    [
      "an empty bucket",
      { ...nothing, runs: { ...nothing.runs, index: newest({ status: "succeeded" }, true) } },
      "index",
      "The bucket “studio-images” has no objects that are tracked yet. Put pictures there, reference photos below “references/”, and index again.",
    ],
    [
      "an index run that could not list everything",
      { ...nothing, runs: { ...nothing.runs, index: newest({ status: "succeeded", failed: 2 }, true) } },
      "index",
      "2 items of the last run failed; its page says why.",
    ],
    [
      "an index run that stopped",
      {
        ...nothing,
        runs: { ...nothing.runs, index: newest({ status: "failed", error: "Its payload cannot be read." }) },
      },
      "index",
      "Its payload cannot be read.",
    ],
    [
      "a run that paused itself",
      {
        ...nothing,
        runs: { ...nothing.runs, index: newest({ status: "paused", pauseReason: "20 items failed alike." }) },
      },
      "index",
      "20 items failed alike.",
    ],
    [
      "no folder of that name, others beside it",
      {
        ...indexed,
        schema: {
          roots: [{ ...model, hasObjects: false }],
          instead: { of: "references/", folders: ["references/Model/", "references/Sets/"] },
        },
      },
      "roots",
      "Nothing lies below “references/01. Model/” (Model). In “references/” there is “references/Model/” and “references/Sets/”. Correct the prefix in labels/schema.json, or put the group folders there and index again.",
    ],
    [
      "no references folder at all",
      { ...indexed, schema: { roots: [{ ...model, hasObjects: false }], instead: { of: "", folders: ["uploads/"] } } },
      "roots",
      "Nothing lies below “references/01. Model/” (Model). The bucket has “uploads/”. Correct the prefix in labels/schema.json, or put the group folders there and index again.",
    ],
    [
      "no root in the schema",
      { ...indexed, schema: { roots: [], instead: null } },
      "roots",
      "labels/schema.json names no attribute root. Add one: docs/label-schema.md says how.",
    ],
    ["nothing", indexed, "audit", null],
  ])("%s", (_, found, name, trouble) => {
    expect(firstSteps(found)?.find((step) => step.name === name)?.trouble).toBe(trouble);
  });
});

it("is derived from rows: of an empty database, of one that was indexed, and of one that is set up", async () => {
  const db = await openTestDb();
  const deps = { db, clock: { now: () => now } };
  const known = { ...store, abilities: null, staleReason: null, failure: null };
  const next = async () => (await readFirstRun(deps, known))?.steps.find(({ state }) => state === "next");
  const end = (kind: string) =>
    db.jobRun.create({
      data: {
        ...{ kind, title: kind, lane: 0, status: "succeeded", payload: "{}", actor: "operator:1", actorName: "Mina" },
        createdAt: now,
      },
    });
  const addImages = (keys: string[]) =>
    db.image.createMany({
      data: keys.map((key) => ({ key, etag: "e", bytes: 1n, kind: "upload", modifiedAt: now, createdAt: now })),
    });

  expect(await readFirstRun(deps, known)).toMatchObject({ hasWorker: false });
  expect(await next()).toMatchObject({ name: "storage" });
  await end("index-images");
  await addImages([
    "a.png",
    "generated/u/1.png",
    "references/Model/x.png",
    "references/Model/y.png",
    "references/z.png",
  ]);
  expect(await next()).toMatchObject({
    name: "roots",
    trouble: expect.stringContaining("In “references/” there is “references/Model/”."),
  });
  await addImages(["references/01. Model/front_warm/reference.png"]);
  expect(await next()).toMatchObject({ name: "audit" });
  await end("audit-groups");
  await db.groupSnapshot.create({
    data: {
      ...{ root: "Model", prefix: "references/01. Model/", objects: 1, images: 1, takenAt: now, asOf: now },
      strays: { create: { hash: "none", objects: "[]" } },
    },
  });
  expect(await next()).toMatchObject({ name: "thumbnails" });
  await end("backfill-thumbnails");
  expect(await readFirstRun(deps, known)).toBeNull();
});
