import { expect, test } from "vitest";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { action as actOnOverview } from "~/routes/_console._index/route";
import { readFlash } from "~/web/flash.server";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "../../../tests/support/console";
import { storeSnapshot } from "../../../tests/support/snapshot";
import { actOnGroups } from "./act-on-groups.server";

const at = new Date(1_700_000_000_000);
const prefix = "references/01. Model/";
const schema = await loadLabelSchema();
const root = findRoot(schema, "Model");

/** A console whose page takes the forms, over an audit of two groups. */
async function open({ role = "operator" }: { role?: "viewer" | "operator" } = {}) {
  const { url, env, ports } = await startTestConsole({
    routes: {
      "/groups": { action: actOnGroups },
      "/overview": { action: actOnOverview },
    },
  });
  await storeSnapshot(ports.db, { schema, root, paths: ["front_warm/1.png", "side view??/2.png"], at });
  const { id } = await ports.db.operator.create({
    data: { email: "mina@diffs.studio", name: "Mina Sato", role, createdAt: at },
  });
  const context = contextOf({ env, ports });
  const session = await signIn({ request: new Request(url), context }, id);
  const cookie = session.split(";")[0] ?? "";
  /** Sends a form; where it leads and what the next page says. */
  async function send(fields: [string, string][], path = "/groups?view=list") {
    const body = new URLSearchParams(fields);
    const response = await fetch(url + path, {
      method: "POST",
      body,
      headers: { Cookie: cookie, Origin: url },
      redirect: "manual",
    });
    const flashCookie = response.headers.getSetCookie().find((line) => line.includes("toast-flash"));
    const next = new Request(url, { headers: { Cookie: flashCookie?.split(";")[0] ?? "" } });
    const { flash } = await readFlash({ request: next, context });
    return { status: response.status, to: response.headers.get("Location"), flash, text: await response.text() };
  }
  return { db: ports.db, send };
}

const form = (fields: Record<string, string>) => Object.entries(fields);

test.each<{ fields: [string, string][]; run: object }>([
  {
    fields: form({ intent: "rename-group", group: "side view??", name: " profile_warm " }),
    run: {
      kind: "rename-group",
      title: "Rename “side view??” to “profile_warm”",
      payload: { root: "Model", group: "side view??", name: "profile_warm" },
    },
  },
  {
    fields: form({ intent: "merge-groups", group: "side view??", into: "front_warm" }),
    run: { kind: "merge-groups", payload: { root: "Model", group: "side view??", into: "front_warm" } },
  },
  {
    fields: [
      ["intent", "move-images"],
      ["keys", `${prefix}a.png`],
      ["keys", `${prefix} 앞 .png`],
      ["to", "back_cool"],
    ],
    run: {
      kind: "move-images",
      title: "Move 2 objects to “back_cool”",
      payload: { root: "Model", keys: [`${prefix}a.png`, `${prefix} 앞 .png`], to: "back_cool" },
    },
  },
  {
    fields: form({ intent: "quarantine-objects", keys: `${prefix}a.png` }),
    run: { kind: "quarantine-objects", payload: { root: "Model", keys: [`${prefix}a.png`] } },
  },
  {
    fields: form({ intent: "set-reference", key: `${prefix}front_warm/1.png` }),
    run: { kind: "set-reference", payload: { root: "Model", key: `${prefix}front_warm/1.png` } },
  },
])("$run.kind leads to its plan, by whom", async ({ fields, run }) => {
  const { db, send } = await open();
  expect(await send(fields)).toMatchObject({ status: 302, to: "/job-runs/1", flash: null });
  const [row] = await db.jobRun.findMany();
  const payload: unknown = JSON.parse(row?.payload ?? "");
  expect({ ...row, payload }).toMatchObject({ status: "planning", autoApply: false, actorName: "Mina Sato", ...run });
});

test.each<{ fields: Record<string, string>; says: string }>([
  {
    fields: { intent: "rename-group", group: "side view??", name: "purple_warm" },
    says: "A group cannot be called “purple_warm”: not “angle_tone”: no angle called “purple”.",
  },
  {
    fields: { intent: "rename-group", group: "front_warm", name: "front_warm" },
    says: "The group is called “front_warm” already.",
  },
  {
    fields: { intent: "rename-group", group: "gone", name: "front_cool" },
    says: "The last audit saw no folder “gone” in “references/01. Model/”. Audit again.",
  },
  {
    fields: { intent: "merge-groups", group: "front_warm", into: "front_warm" },
    says: "“front_warm” cannot be merged with itself. Choose another group.",
  },
  {
    fields: { intent: "merge-groups", group: "front_warm", into: "gone" },
    says: "The last audit saw no folder “gone” in “references/01. Model/”. Audit again.",
  },
  {
    fields: { intent: "move-images", keys: "uploads/mina/1.png", to: "front_warm" },
    says: "“uploads/mina/1.png” is not below “references/01. Model/”, the folder of Model.",
  },
  {
    fields: { intent: "move-images", keys: `${prefix}a.png`, to: "nowhere" },
    says: "A group cannot be called “nowhere”: not “angle_tone”: no angle called “nowhere”.",
  },
  {
    fields: { intent: "quarantine-objects", keys: "labels/schema.json" },
    says: "“labels/schema.json” is not below “references/01. Model/”, the folder of Model.",
  },
  {
    fields: { intent: "set-reference", key: `${prefix}stray.png` },
    says: "“references/01. Model/stray.png” is not directly in a group of Model.",
  },
  { fields: { intent: "ignore", findingId: "1", reason: "Known" }, says: "There is no finding 1." },
])("refuses on the page it came from: $says", async ({ fields, says }) => {
  const { db, send } = await open();
  expect(await send(form(fields))).toMatchObject({
    status: 302,
    to: "/groups?view=list",
    flash: { tone: "bad", text: says },
  });
  expect(await db.jobRun.count()).toBe(0);
});

test("an action on a group that a run is at work on is refused, and leaves no run", async () => {
  const { db, send } = await open();
  await send(form({ intent: "rename-group", group: "front_warm", name: "front_cool" }));
  // A plan that waits is in no one's way.
  await db.jobRun.updateMany({ data: { status: "planned" } });
  const merge = form({ intent: "merge-groups", group: "side view??", into: "front_warm" });
  expect(await send(merge)).toMatchObject({ to: "/job-runs/2" });
  await db.jobRun.update({ where: { id: 1 }, data: { status: "running" } });
  expect(await send(merge)).toMatchObject({
    to: "/groups?view=list",
    flash: {
      tone: "bad",
      text: "Run 1 (Rename “front_warm” to “front_cool”) is at work on “front_warm”. Wait until it ends.",
    },
  });
  expect(await db.jobRun.count()).toBe(2);
});

test.each<Record<string, string>>([
  { intent: "delete", group: "front_warm" },
  { intent: "rename-group", group: "front_warm" },
  { intent: "rename-group", group: "", name: "front_cool" },
  { intent: "move-images", to: "front_warm" },
  { intent: "quarantine-objects" },
  { intent: "ignore", findingId: "one", reason: "Known" },
  {},
])("answers 400 to a form that is none of its own: %j", async (fields) => {
  const { db, send } = await open();
  expect(await send(form(fields))).toMatchObject({ status: 400 });
  expect(await db.jobRun.count()).toBe(0);
});

test("answers 400 to more keys than a person picks", async () => {
  const { send } = await open();
  const keys = Array.from({ length: 1_001 }, (_, n): [string, string] => ["keys", `${prefix}${n}.png`]);
  expect(await send([["intent", "quarantine-objects"], ...keys])).toMatchObject({ status: 400 });
  expect(await send([["intent", "quarantine-objects"], ...keys.slice(1)])).toMatchObject({
    status: 302,
    to: "/job-runs/1",
  });
});

test("a viewer may do none of it", async () => {
  const { db, send } = await open({ role: "viewer" });
  expect(await send(form({ intent: "rename-group", group: "front_warm", name: "front_cool" }))).toMatchObject({
    status: 403,
  });
  expect(await send(form({ intent: "ignore", findingId: "1", reason: "Known" }))).toMatchObject({ status: 403 });
  expect(await send(form({ intent: "acknowledge", alertId: "1" }), "/overview")).toMatchObject({ status: 403 });
  expect(await db.jobRun.count()).toBe(0);
});

test("a finding is ignored with a reason, and counts again", async () => {
  const { db, send } = await open();
  const seen = { firstSnapshotId: 1, lastSnapshotId: 1, firstSeenAt: at, lastSeenAt: at };
  const finding = { root: "Model", type: "unreadable-name", severity: "error", subject: `${prefix}side view??/` };
  const { id } = await db.finding.create({ data: { ...finding, ...seen, sentence: "Unreadable.", evidence: "{}" } });
  expect(await send(form({ intent: "ignore", findingId: `${id}`, reason: "x" }))).toMatchObject({
    flash: { tone: "bad", text: "Give a reason of 3 to 300 characters." },
  });
  expect(await send(form({ intent: "ignore", findingId: `${id}`, reason: "A test folder" }))).toMatchObject({
    to: "/groups?view=list",
    flash: { tone: "good", text: "The finding is ignored until it closes." },
  });
  expect(await db.finding.findUnique({ where: { id } })).toMatchObject({
    ignoreReason: "A test folder",
    ignoredByName: "Mina Sato",
  });
  expect(await send(form({ intent: "stop-ignoring", findingId: `${id}` }))).toMatchObject({
    flash: { tone: "good", text: "The finding counts again." },
  });
  expect(await db.finding.findUnique({ where: { id } })).toMatchObject({ ignoreReason: null });
});

test("an alert is acknowledged once", async () => {
  const { db, send } = await open();
  const alert = { cause: "finding:1", kind: "finding", severity: "error", root: "Model", subject: prefix };
  const { id } = await db.alert.create({
    data: { ...alert, sentence: "Unreadable.", detail: "{}", openedAt: at, lastSeenAt: at },
  });
  const acknowledging = form({ intent: "acknowledge", alertId: `${id}` });
  expect(await send(acknowledging, "/overview")).toMatchObject({
    to: "/",
    flash: { tone: "good", text: "The alert is acknowledged." },
  });
  expect(await db.alert.findUnique({ where: { id } })).toMatchObject({ closedByName: "Mina Sato" });
  expect(await send(acknowledging, "/overview")).toMatchObject({
    flash: { tone: "bad", text: "Mina Sato has acknowledged this alert already." },
  });
  expect(await send(form({ intent: "acknowledge", alertId: "none" }), "/overview")).toMatchObject({ status: 400 });
});

test("all alerts that a page knew of are acknowledged at once; one that was raised since stays", async () => {
  const { db, send } = await open();
  const alert = { kind: "finding", severity: "error", root: "Model", subject: prefix, detail: "{}", openedAt: at };
  const raise = (cause: string) =>
    db.alert.create({ data: { ...alert, cause, sentence: `Unreadable: ${cause}.`, lastSeenAt: at } });
  await raise("finding:1");
  const second = await raise("finding:2");
  const later = await raise("finding:3");
  const all = form({ intent: "acknowledge-all", upToId: `${second.id}` });
  expect(await send(all, "/overview")).toMatchObject({
    to: "/",
    flash: { tone: "good", text: "2 alerts are acknowledged." },
  });
  expect(await db.alert.findMany({ where: { closedAt: null } })).toMatchObject([{ id: later.id }]);
  const event = await db.auditEvent.findFirst({ where: { action: "alert.acknowledge" } });
  expect(event).toMatchObject({ actorName: "Mina Sato", sentence: "Acknowledged all 2 open alerts" });
  expect(await send(all, "/overview")).toMatchObject({
    flash: { tone: "bad", text: "These alerts are already acknowledged or have closed by themselves." },
  });
});
