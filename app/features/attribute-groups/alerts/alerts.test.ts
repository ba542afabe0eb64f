import { describe, expect, test } from "vitest";
import { acknowledgeAlert } from "~/features/alerts/acknowledge-alert.server";
import { exportAlerts, listAlerts } from "~/features/alerts/list-alerts.server";
import { ignoreFinding, stopIgnoringFinding } from "~/features/attribute-groups/findings/ignore-finding.server";
import { jobKinds } from "~/features/job-kinds.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { modelRoot, openAudit } from "../../../../tests/support/world/audit-world";
import { groupAlerts } from "./group-alerts";

const actor = { id: "operator:1", name: "Mina" };
/** MD5 of what a reference image holds in these tests, which is its ETag. */
const etags = { one: "f97c5d29941bfb1b2fdab0874906ab82", two: "b8a9f715dbb64fd5c56e7783c6820a61" };
const short = { one: "f97c5d29", two: "b8a9f715" };

async function openAlerts() {
  const scan = await openAudit();
  return {
    ...scan,
    /** Open ones as pages show them, and what is known of each beyond its sentence. */
    async list() {
      const { alerts } = await listAlerts(scan, groupAlerts, { limit: 10 });
      const rows = await scan.db.alert.findMany();
      return alerts.map((alert) => {
        const { kind, detail } = rows.find(({ id }) => id === alert.id) ?? { kind: "", detail: "{}" };
        return { ...alert, kind, ...JSON.parse(detail) };
      });
    },
    /** Open and closed ones, the oldest first. */
    all: () => scan.db.alert.findMany({ orderBy: { id: "asc" } }),
    /** Writes that a run of the console moved an object, as its journal does. */
    async recordMove(move: {
      from: string;
      to: string;
      etag: string;
      finishedAt?: Date | null;
      toEtag?: string | null;
    }) {
      const now = scan.clock.now();
      const run = await scan.db.jobRun.create({
        data: {
          kind: "rename-group",
          title: "t",
          lane: 0,
          status: "succeeded",
          payload: "{}",
          actor: "a",
          actorName: "a",
          createdAt: now,
        },
      });
      await scan.db.jobItem.create({ data: { runId: run.id, seq: 0, subject: "s" } });
      await scan.db.objectMove.create({
        data: {
          runId: run.id,
          seq: 0,
          from: modelRoot + move.from,
          to: modelRoot + move.to,
          fromEtag: move.etag,
          toEtag: move.toEtag === undefined ? move.etag : move.toEtag,
          sha256: "",
          bytes: 3,
          startedAt: now,
          finishedAt: move.finishedAt === undefined ? now : move.finishedAt,
        },
      });
    },
  };
}

describe("a reference image", () => {
  test("that was replaced in the bucket raises an alert with both ETags, once", async () => {
    const { putInRoot, audit, list, all } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one" });
    await audit();
    expect(await all()).toEqual([]);
    await putInRoot({ "front_warm/reference.png": "two" });

    await audit();
    await audit();

    const key = `${modelRoot}front_warm/reference.png`;
    expect(await list()).toEqual([
      {
        id: 1,
        kind: "reference-changed",
        severity: "error",
        root: "Model",
        subject: `${modelRoot}front_warm/`,
        sentence: `The reference image of “front_warm” changed: it was “reference.png” (ETag ${short.one}) and is “reference.png” (ETag ${short.two}) now.`,
        openedAt: expect.any(Date),
        lastSeenAt: expect.any(Date),
        link: "/attribute-groups/front_warm?root=Model",
        group: "front_warm",
        before: { key, etag: etags.one },
        after: { key, etag: etags.two },
      },
    ]);
    expect(await all()).toHaveLength(1);
  });

  test("that changes again keeps what it was at first; its alert closes when that is back", async () => {
    const { putInRoot, removeFromRoot, audit, list, all } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one", "front_warm/a.png": "a", "front_warm/b.png": "b" });
    await audit();
    await putInRoot({ "front_warm/reference.png": "two" });
    await audit();
    const [first] = await all();

    await removeFromRoot("front_warm/reference.png");
    await audit();
    expect(await list()).toMatchObject([
      {
        id: first?.id,
        sentence: `“front_warm” has no reference image any more; it was “reference.png” (ETag ${short.one}).`,
        openedAt: first?.openedAt,
        before: { etag: etags.one },
        after: null,
      },
    ]);
    const [lost] = await all();
    expect(lost?.lastSeenAt.getTime()).toBeGreaterThan(first?.lastSeenAt.getTime() ?? 0);

    await putInRoot({ "front_warm/reference.png": "one" });
    await audit();
    expect(await list()).toEqual([]);
    expect(await all()).toMatchObject([{ closedAt: expect.any(Date), closedBy: null }]);
  });

  test("that nobody had chosen before, or that goes with its whole group, raises none", async () => {
    const { putInRoot, removeFromRoot, audit, all } = await openAlerts();
    await putInRoot({ "front_warm/a.png": "a", "front_warm/b.png": "b", "back_cool/reference.png": "one" });
    await audit();
    await putInRoot({ "front_warm/reference.png": "two" });
    await removeFromRoot("back_cool/reference.png");
    await audit();
    expect(await all()).toEqual([]);
  });

  test("whose folder is renamed takes its alert along", async () => {
    const { putInRoot, removeFromRoot, audit, list } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one" });
    await audit();
    await putInRoot({ "front_warm/reference.png": "two" });
    await audit();

    await removeFromRoot("front_warm/reference.png");
    await putInRoot({ "01. front_warm/reference.png": "two" });
    await audit();

    expect(await list()).toMatchObject([
      {
        subject: `${modelRoot}01. front_warm/`,
        group: "01. front_warm",
        before: { etag: etags.one },
        after: { etag: etags.two },
      },
    ]);
    await putInRoot({ "01. front_warm/reference.png": "one" });
    await audit();
    expect(await list()).toEqual([]);
  });

  test("that was acknowledged raises the next alert when it changes again", async () => {
    const { putInRoot, audit, list, db, clock } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one" });
    await audit();
    await putInRoot({ "front_warm/reference.png": "two" });
    await audit();
    await acknowledgeAlert({ db, clock }, { alertId: 1, actor });
    await audit();
    expect(await list()).toEqual([]);

    await putInRoot({ "front_warm/reference.png": "one" });
    await audit();
    expect(await list()).toMatchObject([{ id: 2, before: { etag: etags.two }, after: { etag: etags.one } }]);
  });
});

describe("what the console did itself raises no alert:", () => {
  test("it moved another image to the reference's place", async () => {
    const { putInRoot, audit, all, recordMove } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one", "front_warm/a.png": "two" });
    await audit();
    await recordMove({ from: "front_warm/a.png", to: "front_warm/reference.png", etag: etags.two });
    await putInRoot({ "front_warm/reference.png": "two", "front_warm/former-reference.png": "one" });
    await audit();
    expect(await all()).toEqual([]);
  });

  test("it carried out a plan that set another reference, renamed the group, and undid both", async () => {
    const { putInRoot, audit, all, carryOut, undo, readModel } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one", "front_warm/a.png": "two", "front_warm/b.png": "b" });
    await audit();
    const key = `${modelRoot}front_warm/a.png`;
    const [set, rename] = [requireJob(jobKinds, "set-reference"), requireJob(jobKinds, "rename-group")];
    const setting = await carryOut(set, { root: "Model", key });
    await audit();
    const reference = async () => (await readModel()).groups.map((group) => group.reference?.etag);
    expect(await reference()).toEqual([etags.two]);
    const names = { root: "Model", group: "front_warm", name: "front_cool" };
    await carryOut(rename, names);
    await audit();
    expect((await readModel()).lastChanges).toMatchObject({ renamed: 1, added: 0, removed: 0, references: 0 });
    await carryOut(rename, { root: "Model", group: "front_cool", name: "front_warm" });

    await undo(setting.id);
    await audit();

    expect(await reference()).toEqual([etags.one]);
    expect(await all()).toEqual([]);
  });

  test("it took the reference away", async () => {
    const { putInRoot, removeFromRoot, audit, all, recordMove } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one", "front_warm/a.png": "a", "front_warm/b.png": "b" });
    await audit();
    await recordMove({ from: "front_warm/reference.png", to: "back_cool/reference.png", etag: etags.one });
    await removeFromRoot("front_warm/reference.png");
    await putInRoot({ "back_cool/reference.png": "one" });
    await audit();
    expect(await all()).toEqual([]);
  });

  test("it put a second image beside the only one", async () => {
    const { putInRoot, audit, all, recordMove } = await openAlerts();
    await putInRoot({ "front_warm/a.png": "one", "back_cool/b.png": "two", "back_cool/reference.png": "r" });
    await audit();
    await recordMove({ from: "back_cool/b.png", to: "front_warm/b.png", etag: etags.two });
    await putInRoot({ "front_warm/b.png": "two" });
    await audit();
    expect(await all()).toEqual([]);
  });

  test("it is in the middle of doing so", async () => {
    const { putInRoot, audit, all, recordMove } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one" });
    await audit();
    const etag = etags.two;
    await recordMove({
      from: "front_warm/a.png",
      to: "front_warm/reference.png",
      etag,
      toEtag: null,
      finishedAt: null,
    });
    await putInRoot({ "front_warm/reference.png": "two" });
    await audit();
    expect(await all()).toEqual([]);
  });
});

describe("what the console did is no excuse", () => {
  test("for another file that came to the same place since", async () => {
    const { putInRoot, audit, list, recordMove } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one" });
    await audit();
    await recordMove({ from: "front_warm/a.png", to: "front_warm/reference.png", etag: etags.one });
    await putInRoot({ "front_warm/reference.png": "two" });
    await audit();
    expect(await list()).toHaveLength(1);
  });

  test("for a change after the audit that saw it", async () => {
    const { putInRoot, audit, list, recordMove } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "two" });
    await audit();
    await recordMove({
      from: "front_warm/a.png",
      to: "front_warm/reference.png",
      etag: etags.one,
      finishedAt: new Date(0),
    });
    await putInRoot({ "front_warm/reference.png": "one" });
    await audit();
    expect(await list()).toHaveLength(1);
  });

  test("for a change after an audit that found everything as it had been before the console's doing", async () => {
    const { putInRoot, audit, list, recordMove } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one" });
    await audit();
    await recordMove({ from: "front_warm/reference.png", to: "front_warm/a.png", etag: etags.one });
    await recordMove({ from: "front_warm/a.png", to: "front_warm/reference.png", etag: etags.one });
    await audit();
    await putInRoot({ "front_warm/reference.png": "two" });
    await audit();
    expect(await list()).toHaveLength(1);
  });

  test("for a file that someone put where the console had moved the reference away", async () => {
    const { putInRoot, audit, list, recordMove } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one" });
    await audit();
    await recordMove({ from: "front_warm/reference.png", to: "front_warm/former-reference.png", etag: etags.one });
    await putInRoot({ "front_warm/former-reference.png": "one", "front_warm/reference.png": "two" });
    await audit();
    expect(await list()).toHaveLength(1);
  });

  test("for a reference that was deleted while something was moved into its group", async () => {
    const { putInRoot, removeFromRoot, audit, list, recordMove } = await openAlerts();
    await putInRoot({ "front_warm/reference.png": "one", "front_warm/a.png": "a" });
    await audit();
    await recordMove({ from: "back_cool/b.png", to: "front_warm/b.png", etag: etags.two });
    await putInRoot({ "front_warm/b.png": "two" });
    await removeFromRoot("front_warm/reference.png");
    await audit();
    expect(await list()).toMatchObject([{ before: { etag: etags.one }, after: null }]);
  });
});

describe("a finding", () => {
  test("of an error raises an alert when it is new, and closes it when it is gone", async () => {
    const { putInRoot, removeFromRoot, audit, list, all, db } = await openAlerts();
    await putInRoot({ "front_purple/a.png": "1", "stray.png": "1" });
    await audit();
    await audit();

    const { id: findingId } = await db.finding.findFirstOrThrow({ where: { type: "unknown-value" } });
    expect(await list()).toEqual([
      {
        id: 1,
        kind: "finding",
        severity: "error",
        root: "Model",
        subject: `${modelRoot}front_purple/`,
        sentence: "“front_purple” is not “angle_tone”: no tone called “purple”.",
        openedAt: expect.any(Date),
        lastSeenAt: expect.any(Date),
        link: `/attribute-groups?root=Model&finding=${findingId}#finding-${findingId}`,
        findingId,
        type: "unknown-value",
      },
    ]);

    await removeFromRoot("front_purple/a.png");
    await audit();
    expect(await list()).toEqual([]);
    await putInRoot({ "front_purple/a.png": "1" });
    await audit();
    expect(await all()).toMatchObject([
      { closedAt: expect.any(Date) },
      { cause: `finding:${findingId}`, closedAt: null },
    ]);
  });

  test("that was acknowledged is quiet while it stays", async () => {
    const { putInRoot, audit, list, db, clock } = await openAlerts();
    await putInRoot({ "front_purple/a.png": "1" });
    await audit();
    await acknowledgeAlert({ db, clock }, { alertId: 1, actor });
    await putInRoot({ "front_warm/a.png": "1" });
    await audit();
    expect(await list()).toEqual([]);
  });

  test("whose sentence changes has it told by its alert", async () => {
    const { putInRoot, audit, list } = await openAlerts();
    await putInRoot({ "front_warm/a.png": "1", "01. front_warm/a.png": "2" });
    await audit();
    await putInRoot({ "02. front_warm/a.png": "3" });
    await audit();
    expect((await list()).map(({ id, sentence }) => [id, sentence])).toEqual([
      [1, "“01. front_warm”, “02. front_warm” and “front_warm” stand for the same: angle front, tone warm."],
    ]);
  });

  test("that someone ignores closes its alert at once, and opens none when it counts again", async () => {
    const { putInRoot, audit, list, all, db, clock } = await openAlerts();
    await putInRoot({ "front_purple/a.png": "1" });
    await audit();
    const { id: findingId } = await db.finding.findFirstOrThrow({ where: { type: "unknown-value" } });

    await ignoreFinding({ db, clock }, { findingId, reason: "purple is coming", actor });
    expect(await list()).toEqual([]);
    await audit();
    await stopIgnoringFinding({ db, clock }, { findingId, actor });
    await audit();
    expect(await all()).toMatchObject([{ closedBy: null, closedAt: expect.any(Date) }]);
  });
});

test("of a root that the schema has no more there is nothing open after the next audit", async () => {
  const { putInRoot, audit, list, readFindings, db } = await openAlerts();
  await putInRoot({ "front_warm/reference.png": "one", "side view??/a.png": "a" });
  await audit();
  await putInRoot({ "front_warm/reference.png": "two" });
  await audit();
  expect(await list()).toHaveLength(2);
  const former = { data: { root: "Former" } };
  await Promise.all([db.finding.updateMany(former), db.alert.updateMany(former), db.groupSnapshot.updateMany(former)]);
  await audit();
  expect(await list()).toMatchObject([{ root: "Model", kind: "finding" }]);
  expect(await readFindings({ closedAt: null, root: "Former" })).toEqual([]);
});

test("errors come first, then the newest", async () => {
  const { db, list } = await openAlerts();
  const at = new Date(0);
  const alert = (severity: string, subject: string) => ({
    cause: subject,
    kind: "finding",
    severity,
    root: "Model",
    subject,
    sentence: "s",
    detail: '{"findingId":1,"type":"unknown-value"}',
    openedAt: at,
    lastSeenAt: at,
  });
  await db.alert.createMany({
    data: [alert("error", "a"), alert("warning", "b"), alert("error", "c"), { ...alert("error", "d"), closedAt: at }],
  });
  expect((await list()).map(({ subject }) => subject)).toEqual(["c", "a", "b"]);
  const first = await listAlerts({ db }, groupAlerts, { limit: 1 });
  expect([first.alerts.map(({ subject }) => subject), first.total]).toEqual([["c"], 3]);

  await db.alert.createMany({
    data: Array.from({ length: 2_500 }, (_, n) => alert(n % 5 === 0 ? "error" : "warning", `more ${n}`)),
  });
  const all: string[] = [];
  for await (const page of exportAlerts({ db }, groupAlerts)) all.push(...page.map(({ subject }) => subject));
  const more = (isError: boolean) =>
    Array.from({ length: 2_500 }, (_, n) => n).flatMap((n) => ((n % 5 === 0) === isError ? [`more ${n}`] : []));
  expect(all).toEqual([...more(true).toReversed(), "c", "a", ...more(false).toReversed(), "b"]);
});

test("an alert is acknowledged once, by name", async () => {
  const { putInRoot, audit, db, clock, list } = await openAlerts();
  await putInRoot({ "front_purple/a.png": "1" });
  await audit();

  await acknowledgeAlert({ db, clock }, { alertId: 1, actor });

  expect(await list()).toEqual([]);
  expect(await db.auditEvent.findFirst({ where: { subject: "alert:1" } })).toMatchObject({
    action: "alert.acknowledge",
    actor: "operator:1",
    sentence: "Acknowledged the alert “front_purple” is not “angle_tone”: no tone called “purple”.",
  });
  await expect(acknowledgeAlert({ db, clock }, { alertId: 1, actor })).rejects.toMatchObject({
    code: "conflict",
    message: "Mina has acknowledged this alert already.",
  });
  await expect(acknowledgeAlert({ db, clock }, { alertId: 9, actor })).rejects.toMatchObject({ code: "not-found" });
  expect(await db.auditEvent.count({ where: { action: "alert.acknowledge" } })).toBe(1);
});
