import { expect, test } from "vitest";
import { jobKinds } from "./job-kinds.server";
import { requireJob, undoWayOf, withPages } from "./job-runs/kinds/job";
import { toItemView } from "./job-runs/views/item-view";

const row = {
  seq: 0,
  label: null,
  before: null,
  target: null,
  after: null,
  outcome: "succeeded",
  parkedUntil: null,
  reason: null,
  attempts: 1,
  errorClass: null,
  error: null,
};
const etag = "26661ce2b1f2c9b6a0c7a3a9e5f0d111";

test.each([
  ["backfill-thumbnails", { thumbnailEtag: null }, { thumbnailEtag: etag }, null, "no thumbnail", "new thumbnail"],
  ["backfill-thumbnails", { thumbnailEtag: etag }, { thumbnailEtag: etag }, null, "thumbnail", "new thumbnail"],
  [
    "backfill-thumbnails",
    { thumbnailEtag: null },
    { thumbnailEtag: etag },
    { thumbnailEtag: etag, width: 900, height: 600, bytes: 31_400 },
    "no thumbnail",
    "thumbnail, 31.4\u202fkB",
  ],
  [
    "backfill-thumbnails",
    { thumbnailEtag: etag, width: 900, height: 600, bytes: 31_400 },
    { thumbnailEtag: null },
    null,
    "thumbnail, 31.4\u202fkB",
    "removed",
  ],
  [
    "remove-orphaned-thumbnails",
    { etag, bytes: 31_400, modifiedAt: 0, imageId: 3 },
    null,
    { removed: true },
    "thumbnail, 31.4\u202fkB, of an image that is gone",
    "removed",
  ],
  [
    "remove-images",
    { key: "uploads/2.png", etag, bytes: 3 },
    { key: "trash/run-1/uploads/2.png", kept: { key: "uploads/1.png", etag } },
    null,
    { key: "uploads/2.png" },
    "to the trash, “uploads/1.png” stays",
  ],
  ["rename-group", { key: "a/1.png", etag, bytes: 3 }, { key: "b/1.png" }, null, null, { key: "b/1.png" }],
  [
    "move-images",
    { key: "a/1.png", etag, bytes: 3 },
    { key: "b/1.png", conflict: "“b/1.png” exists already, so “a/1.png” stays where it is." },
    null,
    null,
    { skipped: "“b/1.png” exists already, so “a/1.png” stays where it is." },
  ],
  [
    "index-images",
    { after: null, last: null, folder: "generated/", hasBeside: null },
    null,
    { objects: 1_200, new: 3, changed: 0, back: 0, gone: 2 },
    null,
    "1\u202f200 objects: 3 new, 2 gone",
  ],
  [
    "convert-images",
    { key: "a/1.png", etag, bytes: 3_000 },
    { key: "a/1.webp", bytes: 900 },
    { key: "a/1.webp", etag, bytes: 900, original: { key: "originals/run-1/a/1.png", etag, bytes: 3_000 } },
    "“a/1.png”, 3\u202fkB",
    "“a/1.webp”, 900\u202fB",
  ],
  ["index-images", null, null, { objects: 1, new: 0, changed: 0, back: 0, gone: 0 }, null, "1 object: nothing new"],
  [
    "audit-groups",
    null,
    null,
    { groups: 12, objects: 82, images: 80, findings: 1 },
    null,
    "12 groups with 80 images: 1 finding",
  ],
  [
    "ingest-images",
    {
      ...{ line: 1, owner: "mina", topic: "one", role: { kind: "hero" }, sourceHash: "5e" },
      source: { kind: "url", url: "https://cdn.example/a.png?…" },
    },
    { place: "mina/one/hero", isThere: false },
    null,
    "https://cdn.example/a.png?…",
    "mina/one/hero",
  ],
  ["ingest-images", { line: 3, problem: "is not JSON" }, null, null, { skipped: "is not JSON" }, null],
  [
    "ingest-images",
    { key: "mina/one/hero.png", etag, isShared: false },
    null,
    { stays: false },
    { key: "mina/one/hero.png" },
    "removed",
  ],
  ["label-run", { etag }, null, { angle: "front", tone: "warm" }, null, "angle front, tone warm"],
  ["remove-old-items", null, null, { removed: 5_000 }, null, "5\u202f000 items removed"],
  ["thin-snapshots", null, null, { snapshots: 3, listings: 1 }, null, "3 audits and 1 listing removed"],
  ["thin-checks", null, null, { measurements: 1_400 }, null, "1\u202f400 measurements removed"],
  [
    "snapshot-storage",
    null,
    null,
    { objects: 1_200, bytes: 3_400_000, hiddenObjects: null, hiddenBytes: null },
    null,
    "1\u202f200 objects, 3.4\u202fMB",
  ],
  [
    "snapshot-storage",
    null,
    null,
    { objects: 1, bytes: 12, hiddenObjects: 2, hiddenBytes: 24 },
    null,
    "1 object, 12\u202fB; 2 hidden versions",
  ],
  ["thin-storage", null, null, { totals: 1_400 }, null, "1\u202f400 totals removed"],
  ["run-checks", null, null, { verdict: "healthy", sentence: "All is well." }, null, "healthy: All is well."],
  [
    "back-up-database",
    null,
    null,
    { key: "backups/2026/a.db.gz", bytes: 1, databaseBytes: 9 },
    null,
    { key: "backups/2026/a.db.gz" },
  ],
  ["back-up-database", null, null, { removed: 1, kept: 30 }, null, "1 old backup removed, 30 backups kept"],
  [
    "rehearse-restore",
    null,
    null,
    { key: "backups/a.db.gz", takenAt: 0, databaseBytes: 96_000_000, rows: 9, seconds: 4 },
    null,
    "“backups/a.db.gz” restored: 96\u202fMB in 4\u202fs",
  ],
  ["backfill-thumbnails", { made: "by an older version" }, null, { thumb: etag }, null, null],
  ["of-the-future", { etag }, { etag }, { etag }, null, null],
])("what an item of %s was and became is told in words: %j, %j, %j", (kind, before, target, after, was, becomes) => {
  const json = (state: unknown) => (state === null ? null : JSON.stringify(state));
  const states = { before: json(before), target: json(target), after: json(after) };
  const item = { ...row, subject: "a/1.png", ...states, outcome: after === null ? null : "succeeded" };
  expect(toItemView(jobKinds.get(kind), item)).toMatchObject({ was, becomes });
});

test.each([...jobKinds])(
  "%s has words for its items, and one press starts it with a payload that it takes",
  (_, job) => {
    const { describeState, start, payload } = job.definition;
    expect(describeState).toBeDefined();
    if (start) expect(payload.safeParse(start.payload)).toMatchObject({ success: true });
  },
);

test("only what moves objects, merges owners, removes originals or waits for a pilot keeps others off, and the undo of a move knows of what was started", () => {
  const guarded = [...jobKinds].filter(([, { definition }]) => definition.guard !== null).map(([kind]) => kind);
  const moves = ["rename-group", "merge-groups", "move-images", "quarantine-objects", "set-reference"];
  expect(guarded).toEqual([
    ...moves,
    "merge-owners",
    "remove-images",
    "convert-images",
    "remove-originals",
    "label-run",
    "pilot-label-run",
  ]);
  expect(moves.map((kind) => undoWayOf(jobKinds.get(kind)))).toEqual(moves.map(() => "what was started"));
  expect(undoWayOf(jobKinds.get("backfill-thumbnails"))).toBe("what succeeded");
  expect(undoWayOf(jobKinds.get("index-images"))).toBe("none");
});

test("a label run has a page of its own; a kind that is not known any more has the page of every run", () => {
  const runs = ["label-run", "audit-groups", "of-the-past"].map((kind) => ({ id: 7, kind }));
  expect(withPages(jobKinds, runs).map(({ page }) => page)).toEqual(["/label-runs/7", "/job-runs/7", "/job-runs/7"]);
  expect(() => requireJob(jobKinds, "of-the-past")).toThrow(
    "This version of the console does not know the work “of-the-past”",
  );
});
