import { expect, test } from "vitest";
import { sumAuditRun } from "~/features/attribute-groups/audit/sum-audit-run.server";
import { readGroup } from "~/features/attribute-groups/read-group.server";
import { jobKinds } from "~/features/job-kinds.server";
import { readOverview } from "~/features/monitoring/overview/read-overview.server";
import { openAudit } from "../../../../tests/support/world/audit-world";
import { ignoreFinding, stopIgnoringFinding } from "./ignore-finding.server";

const mina = { id: "operator:1", name: "Mina" };
const jun = { id: "operator:2", name: "Jun" };

/** Every combination is there, so that a folder with an unknown value is the one finding. */
async function openFinding() {
  const scan = await openAudit();
  const sound = ["front", "three-quarter", "profile", "back"].flatMap((angle) =>
    ["warm", "neutral", "cool"].map((tone) => [`${angle}_${tone}/reference.png`, "1"]),
  );
  await scan.putInRoot({ ...Object.fromEntries(sound), "front_purple/reference.png": "1" });
  await scan.audit();
  const { id: findingId } = await scan.db.finding.findFirstOrThrow();
  return { ...scan, findingId };
}

test("an ignored finding counts nowhere, and is listed with who, when and why", async () => {
  const { audit, readModel, findingId, db, clock, storage } = await openFinding();
  expect((await readModel()).groups.find(({ name }) => name === "front_purple")).toMatchObject({
    findings: 1,
    worst: { type: "unknown-value", severity: "error" },
  });

  await ignoreFinding({ db, clock }, { findingId, reason: "  until the season ends ", actor: mina });

  const view = await readModel();
  expect(view.findings).toEqual([]);
  const ignored = { byName: "Mina", at: expect.any(Date), reason: "until the season ends" };
  expect(view.ignored).toMatchObject([{ id: findingId, type: "unknown-value", ignored }]);
  expect(view.groups.find(({ name }) => name === "front_purple")).toMatchObject({ findings: 0, worst: null });
  expect(await readGroup({ db }, { root: "Model", name: "front_purple" })).toMatchObject({
    findings: [],
    ignored: [{ id: findingId }],
  });
  expect((await readOverview({ db, clock, storage }, jobKinds)).findings).toEqual([]);
  expect(await db.auditEvent.findFirst({ where: { subject: `finding:${findingId}` } })).toMatchObject({
    action: "finding.ignore",
    actorName: "Mina",
    sentence:
      "Ignored the finding “front_purple” is not “angle_tone”: no tone called “purple”. The reason: until the season ends",
  });

  const run = await audit();
  expect(await sumAuditRun({ db }, run.id)).toMatchObject({ findings: 1 });
  expect((await readModel()).ignored).toHaveLength(1);
});

test("a finding that is no longer ignored counts again", async () => {
  const { readModel, findingId, db, clock } = await openFinding();
  await ignoreFinding({ db, clock }, { findingId, reason: "for now", actor: mina });

  await stopIgnoringFinding({ db, clock }, { findingId, actor: jun });

  expect(await readModel()).toMatchObject({ findings: [{ id: findingId, ignored: null }], ignored: [] });
  expect(await db.auditEvent.findFirst({ where: { action: "finding.unignore" } })).toMatchObject({
    actorName: "Jun",
    subject: `finding:${findingId}`,
  });
});

test.each([["no"], ["   "], ["x".repeat(301)]])("the reason %j is refused", async (reason) => {
  const { findingId, db, clock } = await openFinding();
  await expect(ignoreFinding({ db, clock }, { findingId, reason, actor: mina })).rejects.toMatchObject({
    code: "invalid",
    message: "Give a reason of 3 to 300 characters.",
  });
  expect(await db.finding.findFirst()).toMatchObject({ ignoredAt: null });
});

test("what cannot be is refused, and nothing is told of it", async () => {
  const { audit, removeFromRoot, findingId, db, clock } = await openFinding();
  const ignore = () => ignoreFinding({ db, clock }, { findingId, reason: "for now", actor: jun });
  const stop = () => stopIgnoringFinding({ db, clock }, { findingId, actor: jun });
  await expect(stop()).rejects.toMatchObject({ code: "conflict", message: "This finding is not ignored." });
  await ignoreFinding({ db, clock }, { findingId, reason: "mine first", actor: mina });
  await expect(ignore()).rejects.toMatchObject({ code: "conflict", message: "Mina ignores this finding already." });
  expect(await db.finding.findFirst()).toMatchObject({ ignoreReason: "mine first" });

  await removeFromRoot("front_purple/reference.png");
  await audit();
  const closed = { code: "conflict", message: expect.stringContaining("The last audit no longer found this") };
  await expect(ignore()).rejects.toMatchObject(closed);
  await expect(stop()).rejects.toMatchObject(closed);
  const nowhere = ignoreFinding({ db, clock }, { findingId: 999, reason: "for now", actor: jun });
  await expect(nowhere).rejects.toMatchObject({ code: "not-found" });
  expect(await db.auditEvent.count({ where: { action: { startsWith: "finding." } } })).toBe(1);
});
