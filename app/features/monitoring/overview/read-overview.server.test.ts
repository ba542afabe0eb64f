import { expect, it } from "vitest";
import { jobKinds } from "~/features/job-kinds.server";
import { runChecks } from "~/features/monitoring/run-checks/run-checks";
import type { Db } from "~/ports/db.server";
import { openTestDb } from "../../../../tests/support/db";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { readOverview } from "./read-overview.server";

const now = new Date("2026-11-20T12:00:00Z");
const clock = { now: () => now };
const storage = { bucket: "studio-images", endpoint: "https://s3.example.com" };

/** A console whose checks are measured as of `now`. */
async function openConsole() {
  const ports = { ...(await openTestPorts()), clock };
  return { db: ports.db, measure: (checks: string[]) => runsOf(ports).carryOut(runChecks, { checks }) };
}

/** A tile of the overview as people read it. */
async function tileOf(db: Db, wanted: string) {
  const { tiles } = await readOverview({ db, clock, storage }, jobKinds);
  const { value, note } = tiles.find(({ label }) => label === wanted) ?? {};
  return `${value} · ${note}`;
}

it("has nothing to show of an empty database that was not measured", async () => {
  const db = await openTestDb();
  expect(await readOverview({ db, clock, storage }, jobKinds)).toMatchObject({
    alerts: { alerts: [], total: 0 },
    tiles: [
      { label: "Coverage", value: "–", note: "not measured yet", to: "/images" },
      { label: "No owner", value: "–" },
      { label: "Missing thumbnails", value: "–" },
      { label: "Open findings", value: "–", to: "/attribute-groups" },
      { label: "Work in progress", value: "None", note: "nothing is waiting" },
      { label: "Spent this month", value: "–" },
    ],
    measuredAt: null,
    isOutdated: false,
    isMeasuring: false,
    owners: null,
    labeling: null,
    findings: [],
    work: { runs: 0 },
    firstRun: { steps: [{ name: "storage", state: "next" }, ...Array(4).fill({ state: "later" })], hasWorker: false },
    isAudited: false,
    lastRuns: [],
    runs: 0,
    asOf: now,
  });
});

it("says what is an image and present, what lacks a thumbnail, and what could not be read", async () => {
  const { db, measure } = await openConsole();
  const image = (key: string, more: object = {}) => ({
    key,
    etag: "e1",
    bytes: 1n,
    kind: "upload",
    modifiedAt: now,
    createdAt: now,
    ...more,
  });
  const read = { readEtag: "e1" };
  await db.image.createMany({
    data: [
      image("a.png"),
      image("with-thumbnail.png", { ...read, thumbnailEtag: "e1" }),
      image("changed.png", { thumbnailEtag: "e0" }),
      image("damaged.jpg", { ...read, unreadableClass: "undecodable", unreadable: "Damaged." }),
      image("notes.txt", { ...read, unreadableClass: "not-an-image", unreadable: "No picture." }),
      image("damaged, then replaced.jpg", { readEtag: "e0", unreadableClass: "undecodable", unreadable: "Damaged." }),
      image("notes, then a picture", { readEtag: "e0", unreadableClass: "not-an-image", unreadable: "No picture." }),
      image("gone.png", { goneAt: now }),
    ],
  });
  await measure(["images", "owners", "thumbnails", "labeling-progress"]);
  expect(await readOverview({ db, clock, storage }, jobKinds)).toMatchObject({
    owners: { all: { images: 7 }, unreadable: { images: 2 }, archived: 0 },
    labeling: { proposed: { images: 0, of: 6 }, last: { verdict: "idle" } },
    measuredAt: now,
  });
  expect(await tileOf(db, "Missing thumbnails")).toBe("4 · of 7 images");
});

it("lists the worst open findings first, and how many there are", async () => {
  const { db, measure } = await openConsole();
  const finding = (type: string, severity: string, subject: string, closedAt: Date | null = null) => ({
    root: "Model",
    type,
    severity,
    subject,
    sentence: `${type} at ${subject}`,
    evidence: "{}",
    firstSnapshotId: 1,
    lastSnapshotId: 1,
    firstSeenAt: now,
    lastSeenAt: now,
    closedAt,
  });
  await db.finding.createMany({
    data: [
      finding("missing-combination", "info", "a/"),
      finding("no-reference", "warning", "b/"),
      finding("unreadable-name", "error", "b/"),
      finding("empty-group", "warning", "c/", now),
      { ...finding("unknown-value", "error", "d/"), ignoredAt: now },
    ],
  });
  await measure(["group-audit"]);
  const { findings } = await readOverview({ db, clock, storage }, jobKinds);
  expect(await tileOf(db, "Open findings")).toBe("3 · never audited");
  expect(findings.map(({ severity }) => severity)).toEqual(["error", "warning", "info"]);

  await db.finding.createMany({ data: [1, 2, 3, 4].map((n) => finding("no-reference", "warning", `${n}/`)) });
  const { findings: more } = await readOverview({ db, clock, storage }, jobKinds);
  expect(more.map(({ severity, subject }) => `${severity} ${subject}`)).toEqual([
    "error b/",
    "warning b/",
    "warning 1/",
    "warning 2/",
    "warning 3/",
  ]);
});

it("lists the first five open alerts, and how many there are", async () => {
  const db = await openTestDb();
  const alert = (n: number, closedAt: Date | null = null) => ({
    cause: `finding:${n}`,
    kind: "finding",
    severity: "error",
    root: "Model",
    subject: `${n}/`,
    sentence: `alert ${n}`,
    detail: `{"findingId":${n},"type":"unknown-value"}`,
    openedAt: now,
    lastSeenAt: now,
    closedAt,
  });
  await db.alert.createMany({ data: [1, 2, 3, 4, 5, 6].map((n) => alert(n)) });
  await db.alert.create({ data: alert(7, now) });
  const { alerts } = await readOverview({ db, clock, storage }, jobKinds);
  expect(alerts.total).toBe(6);
  expect(alerts.alerts.map(({ sentence }) => sentence)).toEqual([
    "alert 6",
    "alert 5",
    "alert 4",
    "alert 3",
    "alert 2",
  ]);
});

it("sums this month's spending, with what is reserved for calls whose dollars nobody told", async () => {
  const { db, measure } = await openConsole();
  const image = await db.image.create({
    data: { key: "a.png", etag: "e", bytes: 1n, kind: "upload", modifiedAt: now, createdAt: now },
  });
  const run = await db.jobRun.create({
    data: {
      kind: "label-run",
      title: "Label run",
      lane: 0,
      status: "running",
      payload: "{}",
      actor: "operator:1",
      actorName: "Mina",
      createdAt: now,
    },
  });
  const prompt = await db.promptVersion.create({
    data: {
      name: "Personas",
      version: 1,
      hash: "h",
      instructions: "",
      attributes: "{}",
      settings: "{}",
      examples: "[]",
      createdAt: now,
    },
  });
  const labelRun = await db.labelRun.create({
    data: { jobRunId: run.id, promptVersionId: prompt.id, scope: "{}", createdAt: now },
  });
  const call = (outcome: string, usd: number | null, createdAt: Date) => ({
    labelRunId: labelRun.id,
    imageId: image.id,
    requestHash: "r",
    reservedUsd: 0.5,
    outcome,
    usd,
    createdAt,
  });
  await db.modelCall.createMany({
    data: [
      call("labelled", 0.25, new Date("2026-11-01T00:00:00Z")),
      call("reserved", null, now),
      call("failed", null, now),
      call("labelled", 8, new Date("2026-10-31T23:59:59Z")),
    ],
  });
  await measure(["spend"]);
  expect(await tileOf(db, "Spent this month")).toBe("$1.25 · on model calls, $1.00 of it reserved");
});
