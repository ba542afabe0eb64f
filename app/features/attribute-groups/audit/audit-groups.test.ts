import { expect, test } from "vitest";
import { ignoreFinding } from "~/features/attribute-groups/findings/ignore-finding.server";
import { readGroup } from "~/features/attribute-groups/read-group.server";
import { readGroups } from "~/features/attribute-groups/read-groups.server";
import { readChanges } from "~/features/attribute-groups/snapshots/read-changes.server";
import { cancelRun } from "~/features/job-runs/commands/steer-run.server";
import { LeaseLost } from "~/features/job-runs/engine/ledger/lease-lost";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Fault } from "../../../../scripts/dev/s3/manners/faults";
import { betweenWrites } from "../../../../tests/support/between-writes";
import { openAudit, modelRoot as root } from "../../../../tests/support/world/audit-world";
import { auditGroups } from "./audit-groups";
import { auditGroupsHandler } from "./audit-groups.server";
import { sumAuditRun } from "./sum-audit-run.server";

const mina = { id: "operator:1", name: "Mina" };

test("an audit tells groups, references and faults as S3 lists them", async () => {
  const { putInRoot, put, audit, readModel, db } = await openAudit();
  await putInRoot({
    "front_warm/reference.png": "12345",
    "front_warm/b.jpg": "123",
    "front_warm/deep/c.jpg": "1",
    "01. Side - Cool/": "",
    "01. Side - Cool/only.webp": "1",
    "back_cool/": "",
    "three-quarter_warm/ref.png": "1",
    "three-quarter_warm/reference.png": "1",
    "side view??/a.png": "1",
    "front_neutral/a.png": "1",
    "front_neutral/notes.txt": "1",
    "stray.png": "1",
  });
  await put({ "uploads/x.png": "1" });

  const run = await audit();

  expect(run).toMatchObject({ status: "succeeded", succeeded: 1 });
  const view = await readModel();
  const { id: snapshotId } = await db.groupSnapshot.findFirstOrThrow();
  expect(await sumAuditRun({ db }, run.id)).toEqual({
    snapshotId,
    groups: 6,
    objects: 10,
    images: 7,
    findings: view.findings.length,
    changes: null,
    roots: [
      { root: "Model", snapshotId, groups: 6, objects: 10, images: 7, findings: view.findings.length, changes: null },
    ],
  });
  expect(view).toMatchObject({ root: "Model", images: 7 });
  expect(view.matrix).toEqual({
    rows: { attribute: "angle", values: ["front", "three-quarter", "profile", "back"] },
    columns: { attribute: "tone", values: ["warm", "neutral", "cool"] },
  });
  const stored = await db.group.findMany({ orderBy: { name: "asc" } });
  const worstIn = (prefix: string) =>
    view.findings.find(({ evidence }) => evidence.groups.includes(prefix))?.severity ?? null;
  expect(
    view.groups.map(({ name, prefix, attributes, images }, i) => {
      const { objects, bytes } = stored[i] ?? {};
      return [name, attributes, objects, images, Number(bytes), worstIn(prefix)];
    }),
  ).toEqual([
    ["01. Side - Cool", { angle: "profile", tone: "cool" }, 1, 1, 1, null],
    ["back_cool", { angle: "back", tone: "cool" }, 0, 0, 0, "warning"],
    ["front_neutral", { angle: "front", tone: "neutral" }, 2, 1, 2, "warning"],
    ["front_warm", { angle: "front", tone: "warm" }, 3, 2, 9, "warning"],
    ["side view??", null, 1, 1, 1, "error"],
    ["three-quarter_warm", { angle: "three-quarter", tone: "warm" }, 2, 2, 2, "warning"],
  ]);
  expect(
    view.groups.map(({ reference, cover }) => [reference?.key.slice(root.length), cover?.key.slice(root.length)]),
  ).toEqual([
    ["01. Side - Cool/only.webp", "01. Side - Cool/only.webp"],
    [undefined, undefined],
    ["front_neutral/a.png", "front_neutral/a.png"],
    ["front_warm/reference.png", "front_warm/reference.png"],
    ["side view??/a.png", "side view??/a.png"],
    [undefined, "three-quarter_warm/ref.png"],
  ]);
  expect(view.unreadable.map((group) => [group.name, group.problem])).toEqual([
    ["side view??", "not “angle_tone”: no angle called “side view??”"],
  ]);
  expect(
    view.findings
      .filter(({ type }) => type !== "missing-combination")
      .map(({ type, subject }) => [type, subject.slice(root.length)]),
  ).toEqual([
    ["unreadable-name", "side view??/"],
    ["empty-group", "back_cool/"],
    ["nested-too-deep", "front_warm/deep/"],
    ["not-an-image", "front_neutral/notes.txt"],
    ["several-candidates", "three-quarter_warm/"],
    ["stray-object", "stray.png"],
  ]);
  const severities = view.findings.map(({ severity }) => severity);
  expect(severities).toEqual([
    "error",
    ...Array.from({ length: 5 }, () => "warning"),
    ...Array.from({ length: 7 }, () => "info"),
  ]);
});

test("a bucket without changes keeps one snapshot, and only its “as of” moves", async () => {
  const { putInRoot, audit, readModel, db } = await openAudit();
  await putInRoot({ "front_warm/reference.png": "1", "back_cool/": "" });
  await audit();
  const first = await readModel();

  await audit();

  const second = await readModel();
  expect(await db.groupSnapshot.count()).toBe(1);
  expect(await db.group.count()).toBe(2);
  expect(await db.groupSnapshot.findFirst()).toMatchObject({ takenAt: first.asOf, asOf: second.asOf });
  expect(second.asOf.getTime()).toBeGreaterThan(first.asOf.getTime());
  expect(second.findings.map(({ id, firstSeenAt }) => ({ id, firstSeenAt }))).toEqual(
    first.findings.map(({ id, firstSeenAt }) => ({ id, firstSeenAt })),
  );
});

test.each<[string, (scan: Awaited<ReturnType<typeof openAudit>>) => Promise<unknown>]>([
  ["a replaced reference", ({ putInRoot }) => putInRoot({ "front_warm/reference.png": "2" })],
  ["another group", ({ putInRoot }) => putInRoot({ "back_warm/": "" })],
  [
    "a group renamed",
    async ({ putInRoot, storage }) => {
      await storage.delete(`${root}front_warm/reference.png`);
      await putInRoot({ "01. front_warm/reference.png": "1" });
    },
  ],
  ["a stray at the root", ({ putInRoot }) => putInRoot({ "stray.png": "1" })],
])("%s makes a new snapshot", async (_, change) => {
  const scan = await openAudit();
  await scan.putInRoot({ "front_warm/reference.png": "1" });
  await scan.audit();
  const before = await scan.readModel();
  await change(scan);

  await scan.audit();

  const kept = await scan.db.groupSnapshot.findMany({ include: { groups: true }, orderBy: { id: "asc" } });
  expect(kept).toHaveLength(2);
  expect(kept[0]?.groups).toMatchObject([{ name: "front_warm", referenceEtag: before.groups[0]?.reference?.etag }]);
});

test("a finding closes when it is no longer seen, and comes again as a new occurrence that nobody ignores", async () => {
  const { putInRoot, audit, readFindings, storage, db, clock } = await openAudit();
  await putInRoot({ "front_warm/reference.png": "1", "stray.png": "1" });
  await audit();
  expect(await readFindings()).toContain("stray-object stray.png");
  const { id, firstSeenAt } = await db.finding.findFirstOrThrow({ where: { type: "stray-object" } });
  await ignoreFinding({ db, clock }, { findingId: id, reason: "it stays", actor: { id: "operator:1", name: "Mina" } });
  await audit();
  expect(await db.finding.findFirstOrThrow({ where: { type: "stray-object" } })).toMatchObject({
    firstSeenAt,
    ignoredByName: "Mina",
    ignoreReason: "it stays",
  });

  await storage.delete(`${root}stray.png`);
  await audit();
  expect(await readFindings()).not.toContain("stray-object stray.png");
  expect(await readFindings({ closedAt: { not: null } })).toEqual(["stray-object stray.png"]);

  await putInRoot({ "stray.png": "1" });
  await audit();
  expect(await readFindings()).toContain("stray-object stray.png");
  const again = await db.finding.findFirstOrThrow({ where: { type: "stray-object" } });
  const nobody = { ignoredAt: null, ignoredBy: null, ignoredByName: null, ignoreReason: null };
  expect(again).toMatchObject({ id, closedAt: null, firstSeenAt: again.lastSeenAt, ...nobody });
  expect(again.firstSnapshotId).toBe(again.lastSnapshotId);
  expect(again.firstSeenAt.getTime()).toBeGreaterThan(firstSeenAt.getTime());
});

const broken: [string, Fault, string][] = [
  ["is refused", { operation: "ListObjectsV2", status: 403, code: "AccessDenied" }, "s3-denied"],
  ["meets a 503", { operation: "ListObjectsV2", status: 503, code: "SlowDown" }, "s3-unavailable"],
  ["is cut", { operation: "ListObjectsV2", cutBody: true }, "s3-unavailable"],
];
test.each(broken)(
  "a listing that %s in the middle leaves the old snapshot and its findings, and raises no alert",
  async (_, fault, errorClass) => {
    const many = Array.from({ length: 1_500 }, (_, n) => `front_warm/${String(n).padStart(4, "0")}.png`);
    const { putInRoot, audit, setFaults, readModel, db, requests } = await openAudit([...many, "back_cool/ref.png"]);
    await audit();
    const before = await readModel();
    const alerts = await db.alert.findMany();
    await putInRoot({ "front_purple/a.png": "1", "back_cool/ref.png": "another" });
    requests.reset();
    setFaults([{ operation: "ListObjectsV2", delayMs: 1, times: 1 }, fault]);

    const run = await audit();

    expect(run).toMatchObject({ failed: 1, failures: [{ errorClass }] });
    expect(requests.recent().map(({ status }) => status)).toContain(200);
    expect(await readModel()).toEqual(before);
    expect(await db.groupSnapshot.count()).toBe(1);
    expect(await db.alert.findMany()).toEqual(alerts);

    setFaults([]);
    await audit();
    expect((await readModel()).lastChanges).toMatchObject({ added: 1, references: 1, removed: 0 });
    expect(await db.alert.count()).toBe(2);
  },
);

test("a group of 20,000 images is audited, and what changed in it is told", async () => {
  const many = Array.from({ length: 20_000 }, (_, n) => `front_warm/${String(n).padStart(5, "0")}.png`);
  const { putInRoot, audit, readModel, db } = await openAudit(many);
  await audit();
  await putInRoot({ "front_warm/00077.png": "another", "front_warm/reference.png": "chosen" });
  await audit();
  expect(await readModel()).toMatchObject({
    images: 20_001,
    lastChanges: { objectsAdded: 1, objectsReplaced: 1, references: 1 },
    groups: [{ images: 20_001, reference: { key: `${root}front_warm/reference.png` } }],
  });
  const page = await readGroup({ db }, { root: "Model", name: "front_warm" });
  expect(page.history[0]?.sentence).toMatch(/^1 object added, 1 object replaced\./);
});

test("a page of a listing that shows nothing and is not the last takes no group away", async () => {
  const { putInRoot, audit, readModel, setFaults } = await openAudit();
  await putInRoot({ "front_warm/reference.png": "1", "back_cool/reference.png": "1" });
  setFaults([{ emptyPage: true, times: 2 }]);

  await audit();

  expect((await readModel()).groups.map((group) => group.name)).toEqual(["back_cool", "front_warm"]);
});

test("a write that breaks in the middle shows nothing of the new snapshot, and the next audit leaves nothing of it", async () => {
  const { putInRoot, audit, readModel, ports, db } = await openAudit();
  await putInRoot({ "front_warm/reference.png": "1" });
  await audit();
  const before = await readModel();
  await putInRoot({ "back_cool/a.png": "1", "stray.png": "1" });
  const item = { seq: 0, subject: "Model", label: null, before: null, target: null, etag: null, attempts: 0 };
  const signal = new AbortController().signal;
  const context = {
    runId: 7,
    payload: { root: null },
    signal,
    hold: async () => {},
    waiting: () => {},
    hasConsent: false,
  };
  const { write } = await auditGroupsHandler.apply(ports, item, context);

  const interrupted = db.$write(async (tx) => {
    await write?.(tx);
    throw new Error("the process ends here");
  });

  await expect(interrupted).rejects.toThrow("the process ends here");
  const { findings: _, ...seen } = await readModel();
  expect(before).toMatchObject(seen);
  await audit();
  expect((await readModel()).groups.map((group) => group.name)).toEqual(["back_cool", "front_warm"]);
  expect(await db.groupSnapshot.findMany({ select: { root: true } })).toEqual([{ root: "Model" }, { root: "Model" }]);
  expect(await db.group.count()).toBe(3);
});

test("an audit that is canceled while it writes changes nothing of what the next one has seen", async () => {
  const { putInRoot, audit, start, readFindings, db, clock, ports } = await openAudit();
  await putInRoot({ "front_warm/reference.png": "1", "stray.png": "1" });
  await audit();
  const kept = await db.finding.findFirstOrThrow({ where: { type: "stray-object" } });
  await ignoreFinding(ports, { findingId: kept.id, reason: "Later.", actor: mina });
  await putInRoot({ "another.png": "1" });
  const runId = await start(auditGroups, { root: "Model" });
  const item = { seq: 0, subject: "Model", label: null, before: null, target: null, etag: null, attempts: 0 };
  const canceled = auditGroupsHandler.apply(
    {
      ...ports,
      db: betweenWrites(db, async () => {
        await cancelRun({ db, clock }, { runId, actor: mina });
        await audit();
      }),
    },
    item,
    {
      ...{ runId, payload: { root: "Model" }, signal: new AbortController().signal },
      ...{ hold: async () => {}, waiting: () => {}, hasConsent: false },
    },
  );
  await expect(canceled).rejects.toThrow(LeaseLost);
  const strays = await readFindings({ type: "stray-object", closedAt: null });
  expect(strays.sort()).toEqual(["stray-object another.png", "stray-object stray.png"]);
  expect(await db.finding.findUnique({ where: { id: kept.id } })).toMatchObject({
    closedAt: null,
    ignoreReason: "Later.",
  });
  expect(await db.groupSnapshot.findMany({ select: { root: true } })).toEqual([{ root: "Model" }, { root: "Model" }]);
});

test("local state never makes a group: only S3 does", async () => {
  const { putInRoot, audit, readModel, db } = await openAudit();
  await putInRoot({ "front_warm/reference.png": "1" });
  const row = { etag: "e", bytes: 1, kind: "reference", modifiedAt: new Date(), createdAt: new Date() };
  await db.image.create({ data: { ...row, key: `${root}back_warm/reference.png` } });
  await db.image.create({
    data: { ...row, key: `${root}front_warm/reference.png`, readEtag: "an older ETag", unreadable: "It was broken." },
  });

  await audit();

  const view = await readModel();
  expect(view.groups.map((group) => group.name)).toEqual(["front_warm"]);
  expect(view.findings.map((finding) => finding.type)).not.toContain("undecodable");
});

test("an image whose bytes could not be read is found, until it is replaced", async () => {
  const { putInRoot, audit, readFindings, storage, db } = await openAudit();
  const key = `${root}front_warm/reference.jpg`;
  const { etag } = await storage.put(key, Buffer.from("no JPEG"), { contentType: "image/jpeg" });
  const row = { etag, bytes: 7, kind: "reference", modifiedAt: new Date(), createdAt: new Date() };
  await db.image.create({ data: { ...row, key, readEtag: etag, unreadable: "It is no JPEG." } });
  await audit();
  expect(await readFindings()).toContain("undecodable front_warm/reference.jpg");

  await putInRoot({ "front_warm/reference.jpg": "another" });
  await audit();
  expect(await readFindings()).not.toContain("undecodable front_warm/reference.jpg");
});

test("names of every kind go through the audit and back", async () => {
  const { put, audit, readModel, db } = await openAudit();
  const names = [
    "정면_warm".normalize("NFD"),
    "front_🔥",
    "x".repeat(200),
    " front_warm",
    "..",
    "a%2Fb+c&d#e?",
    "front\u200b_warm",
  ];
  await put(Object.fromEntries(names.map((name) => [`${root}${name}/a.png`, "1"])));

  await audit();

  const view = await readModel();
  expect(new Set(view.groups.map((group) => group.name))).toEqual(new Set(names));
  for (const name of names) expect(await readGroup({ db }, { root: "Model", name })).toMatchObject({ name });

  await put(Object.fromEntries(names.map((name) => [`${root}${name}/a.png`, "2"])));
  await audit();
  const changes = await readChanges({ db }, { root: "Model" });
  expect(new Set(changes?.changes.references.map((change) => change.name))).toEqual(new Set(names));
  for (const name of names) {
    const { history } = await readGroup({ db }, { root: "Model", name });
    expect(history[0]?.sentence).toMatch(/^1 object replaced\. Its reference image was /);
  }
});

test("a root that labels/schema.json does not have fails the run with its sentence", async () => {
  const { audit, db } = await openAudit();
  const run = await audit({ root: "Modell" });
  expect(run).toMatchObject({ status: "failed" });
  expect(run.error).toContain("no attribute root called “Modell”");
  await expect(readGroups({ db }, { root: "Modell" })).rejects.toMatchObject({ code: "not-found" });
});

test("a root that was never audited reads as such", async () => {
  const { db, audit, putInRoot } = await openAudit();
  expect(await readGroups({ db }, { root: "Model" })).toBeNull();
  expect((await loadLabelSchema()).roots).toMatchObject([{ name: "Model", prefix: root }]);
  await putInRoot({ "front_warm/a.png": "1" });
  await audit({ root: null });
  expect(await readGroups({ db }, { root: "Model" })).toMatchObject({ asOf: expect.any(Date) });
});
