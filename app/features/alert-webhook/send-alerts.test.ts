import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { acknowledgeAlert } from "~/features/alerts/acknowledge-alert.server";
import { closeAlerts, openAlerts } from "~/features/alerts/open-alerts.sql.server";
import { pauseRun, resumeRun } from "~/features/job-runs/commands/steer-run.server";
import type { Webhook } from "~/ports/webhook/webhook.server";
import { startReceiver } from "../../../tests/support/receiver";
import { keepMoment } from "../../../tests/support/world/earlier-moment";
import { openTestPorts } from "../../../tests/support/world/nowhere";
import { runsOf } from "../../../tests/support/world/runs";
import { readWebhook } from "./read-webhook.server";
import { testWebhook } from "./send-alerts";
import { startSending } from "./start-sending.server";
import { readState } from "./webhook-state.server";

const actor = { id: "operator:1", name: "Mina" };
const MINUTE = 60_000;

/** A console with a webhook, and a worker. */
async function openSending() {
  const receiver = await startReceiver();
  const { webhook } = receiver;
  if (!webhook) throw new Error("No webhook");
  let now = Date.parse("2026-11-30T10:00:00Z");
  const advance = (ms: number) => {
    now += ms;
  };
  // A clock that stands still, so that waits are what they are however busy the machine is.
  const clock = { now: () => new Date(now) };
  const ports = { ...(await openTestPorts()), webhook, clock, advance };
  const { db } = ports;
  const { startWorkers, read } = runsOf(ports);
  const raise = (severity: "error" | "warning", subjects: string[]) =>
    db.$write(async (tx) => {
      const alerts = subjects.map((subject) => ({
        ...{ cause: `test:${subject}`, subject, sentence: `${subject} is full.`, detail: "{}" },
      }));
      advance(1_000);
      await openAlerts(tx, alerts, { kind: "clock", severity, root: "Disk", at: clock.now() });
    });
  const idOf = async (subject: string) =>
    (await db.alert.findFirstOrThrow({ where: { cause: `test:${subject}` }, orderBy: { id: "desc" } })).id;
  const resolve = async (subject: string) => {
    const ids = [await idOf(subject)];
    advance(1_000);
    await db.$write((tx) => closeAlerts(tx, ids, clock.now()));
  };
  const start = () => startSending(ports, webhook);
  return {
    ...receiver,
    ...{ ports, webhook, raise, idOf, resolve, start, read, startWorkers },
    /** Starts a run, a minute after the last, and waits until it has ended. */
    async send() {
      advance(MINUTE);
      const runId = await start();
      if (runId === null) return null;
      await expect.poll(async () => (await read(runId)).status).toBe("succeeded");
      return runId;
    },
    /** Why a run waits, once it does. */
    async parked(runId: number, failures: number) {
      await expect.poll(async () => (await readState(db, webhook))?.failures ?? 0).toBe(failures);
      const item = () => db.jobItem.findFirstOrThrow({ where: { runId } });
      await expect.poll(async () => (await item()).parkedUntil?.getTime() ?? 0).toBeGreaterThan(now);
      const { reason, parkedUntil } = await item();
      return { reason, seconds: ((parkedUntil?.getTime() ?? 0) - now) / 1_000 };
    },
    heads: () => receiver.texts().map((text) => text.split("\n").slice(0, 2).join(" ")),
  };
}

test("an address is greeted, then told what opens and what closes by itself, each once and signed", async () => {
  const { ports, raise, resolve, idOf, send, startWorkers, heads, taken } = await openSending();
  await raise("error", ["A before the webhook"]);
  await raise("warning", ["B before the webhook"]);
  await raise("error", ["C over before the webhook"]);
  await resolve("C over before the webhook");
  startWorkers();
  await send();
  expect(heads()).toEqual([
    "*Alerts of Diffs Image Agent come here from now on.* Open now: 1 error and 1 warning. <https://ops.example/|Open the console>",
  ]);
  expect(await send()).toBe(null);
  await raise("error", ["D"]);
  await resolve("B before the webhook");
  await raise("error", ["E"]);
  await acknowledgeAlert(ports, { alertId: await idOf("A before the webhook"), actor });
  await send();
  await acknowledgeAlert(ports, { alertId: await idOf("D"), actor });
  expect(await send()).toBe(null);
  expect(heads().slice(1)).toEqual([
    "*Error* · Disk D is full.",
    "*Resolved* · Disk B before the webhook is full.",
    "*Error* · Disk E is full.",
  ]);
  expect(taken.every(({ isSigned }) => isSigned)).toBe(true);
  expect(new Set(taken.map(({ id }) => id)).size).toBe(4);
  expect(taken[1]?.text).toMatch(/\n<https:\/\/ops\.example\/schedules\|Open in the console> · since .+ UTC$/);
});

test("a receiver that fails is tried again, ever later, and told in order once it is back", async () => {
  const { ports, raise, resolve, send, start, startWorkers, heads, answers, parked, read, host, webhook } =
    await openSending();
  startWorkers();
  await send();
  answers.push(...[{ status: 500 }, { status: 503 }, { status: 404, body: "no_service" }]);
  await raise("error", ["A"]);
  await raise("error", ["B"]);
  ports.advance(MINUTE);
  const runId = await start();
  if (runId === null) throw new Error("Nothing to send");
  const first = await parked(runId, 1);
  expect(first.reason).toBe(`${host} answered 500. It is tried again.`);
  expect(first.seconds).toBe(5);
  ports.advance(5_000);
  expect((await parked(runId, 2)).seconds).toBe(10);
  await resolve("A");
  ports.advance(10_000);
  expect((await parked(runId, 3)).reason).toBe(
    `${host} answered 404 (no_service), a refusal. Look at ALERT_WEBHOOK_URL: the channel or its webhook may be gone. It is tried again.`,
  );
  expect(await start()).toBe(runId);
  expect(await readWebhook(ports.db, webhook)).toMatchObject({
    due: 2,
    failingSince: expect.any(Date),
    failed: { problem: expect.stringContaining("404 (no_service)") },
  });
  ports.advance(20_000);
  await expect.poll(async () => (await read(runId)).status).toBe("succeeded");
  expect(heads().slice(1)).toEqual(["*Error* · Disk B is full.", "*Resolved* · Disk A is full."]);
  expect(await readWebhook(ports.db, webhook)).toMatchObject({ due: 0, failingSince: null });
});

test("one that asks to wait is left alone for so long", async () => {
  const { ports, send, start, startWorkers, raise, answers, parked, refused, taken, read } = await openSending();
  startWorkers();
  await send();
  answers.push({ status: 429, headers: { "retry-after": "90" } });
  await raise("error", ["A"]);
  ports.advance(MINUTE);
  const runId = await start();
  if (runId === null) throw new Error("Nothing to send");
  expect((await parked(runId, 1)).seconds).toBe(90);
  ports.advance(90_000);
  await expect.poll(async () => (await read(runId)).status).toBe("succeeded");
  // The same message, as its id says; and at another time, so that a receiver need not take old ones.
  expect(taken[1]).toMatchObject({ id: refused[0]?.id, text: refused[0]?.text, isSigned: true });
  expect(taken[1]?.timestamp).toBe((refused[0]?.timestamp ?? 0) + 90);
});

test("after an hour without a receiver 400 alerts are one message, and what came and went is told once", async () => {
  const { ports, raise, resolve, send, start, startWorkers, texts, close, open, parked, read } = await openSending();
  startWorkers();
  await send();
  await close();
  await raise("error", ["A"]);
  await resolve("A");
  ports.advance(MINUTE);
  const runId = await start();
  if (runId === null) throw new Error("Nothing to send");
  expect((await parked(runId, 1)).reason).toMatch(
    /could not be reached: nothing listens there \(ECONNREFUSED\)\. It is tried again\.$/,
  );
  await raise(
    "warning",
    Array.from({ length: 398 }, (_, n) => `Disk ${n}`),
  );
  await raise("error", ["Disk 398"]);
  await open();
  ports.advance(60 * MINUTE);
  await expect.poll(async () => (await read(runId)).status).toBe("succeeded");
  const [, digest, ...more] = texts();
  expect(more).toEqual([]);
  expect(digest?.split("\n")).toEqual([
    "*400 alerts at once* · 1 error, 398 warnings, and 1 resolved",
    "• *Error* · Disk: Disk 398 is full.",
    ...Array.from({ length: 9 }, (_, n) => `• *Warning* · Disk: Disk ${n} is full.`),
    "• and 390 more",
    "<https://ops.example/|See the open alerts>",
  ]);
});

test("a paused run keeps all of it back, and no other takes its place", async () => {
  const { ports, raise, start, startWorkers, send, heads, answers, parked, read, webhook } = await openSending();
  startWorkers();
  await send();
  answers.push({ status: 500 });
  await raise("error", ["A"]);
  ports.advance(MINUTE);
  const runId = await start();
  if (runId === null) throw new Error("Nothing to send");
  await parked(runId, 1);
  await pauseRun(ports, { runId, actor });
  await raise("error", ["B"]);
  ports.advance(10 * MINUTE);
  expect(await start()).toBe(runId);
  expect(await readWebhook(ports.db, webhook)).toMatchObject({ due: 2, pausedRunId: runId });
  await resumeRun(ports, { runId, actor });
  await expect.poll(async () => (await read(runId)).status).toBe("succeeded");
  expect(heads().slice(1)).toEqual(["*Error* · Disk A is full.", "*Error* · Disk B is full."]);
});

test("a power cut that takes the last commits repeats a message under its id, and loses none", async () => {
  const { ports, raise, start, send, startWorkers, taken, webhook } = await openSending();
  const { stop } = startWorkers();
  await send();
  await stop();
  await raise("error", ["A"]);
  await raise("error", ["B"]);
  ports.advance(MINUTE);
  const runId = await start();
  if (runId === null) throw new Error("Nothing to send");
  let moment: ReturnType<typeof keepMoment> | null = null;
  const cut = new AbortController();
  const dying: Webhook = {
    ...webhook,
    async send(message, options) {
      moment ??= keepMoment(ports.db, ports.file);
      const delivery = await webhook.send(message, options);
      // The power goes with the second message on its way: that the first was taken is not on the disk.
      if (message.id.startsWith(`alert-2-`)) cut.abort();
      return delivery;
    },
  };
  const { work } = runsOf(ports);
  await work(runId, { as: { ...ports, webhook: dying }, signal: cut.signal });
  if (moment === null) throw new Error("Nothing was sent");
  await (moment as ReturnType<typeof keepMoment>).putBack();
  ports.advance(MINUTE);
  expect(await work(runId)).toMatchObject({ status: "succeeded" });
  const ids = taken.map(({ id }) => id).slice(1);
  expect(ids).toHaveLength(4);
  expect(ids.slice(2)).toEqual(ids.slice(0, 2));
});

test("a test message that comes before the greeting leaves what was earlier untold", async () => {
  const { ports, raise, resolve, send, startWorkers, read, heads } = await openSending();
  await raise("error", ["A before the webhook"]);
  await raise("error", ["B over before the webhook"]);
  await resolve("B over before the webhook");
  startWorkers();
  const runId = await runsOf(ports).start(testWebhook, {}, { autoApply: true });
  await expect.poll(async () => (await read(runId)).status).toBe("succeeded");
  await send();
  expect(await send()).toBe(null);
  expect(heads()).toEqual([
    expect.stringMatching(/^\*Test message of Diffs Image Agent\.\*/),
    expect.stringMatching(/^\*Alerts of Diffs Image Agent come here from now on\.\* Open now: 1 error\./),
  ]);
});

test("neither the path nor the secret is kept anywhere, and a test message says how it ended", async () => {
  const { ports, answers, send, startWorkers, env, read, texts } = await openSending();
  startWorkers();
  await send();
  const { start } = runsOf(ports);
  const test = async (status: string) => {
    const runId = await start(testWebhook, {}, { autoApply: true });
    await expect.poll(async () => (await read(runId)).status).toBe("succeeded");
    return ports.db.jobItem.findFirstOrThrow({ where: { runId, outcome: status } });
  };
  await test("succeeded");
  expect(texts()[1]).toContain("*Test message of Diffs Image Agent.* Nothing is wrong");
  answers.push({ status: 404, body: `Cannot POST ${new URL(env.ALERT_WEBHOOK_URL).pathname}` });
  expect(await test("failed")).toMatchObject({
    errorClass: "webhook-failed",
    error: expect.stringContaining("404, a refusal"),
  });
  const files = ["", "-wal"].map((part) => readFileSync(ports.file + part).toString("latin1")).join("");
  expect(files).toContain("404, a refusal");
  expect(files).not.toContain("not-to-be-read-anywhere");
  expect(files).not.toContain(env.ALERT_WEBHOOK_SECRET.slice(6));
});

test("without a webhook a test message is refused with what to do, and nothing is sent by itself", async () => {
  const ports = await openTestPorts();
  const run = await runsOf(ports).carryOut(testWebhook, {});
  expect(run).toMatchObject({
    status: "failed",
    error: expect.stringMatching(/^No webhook is set up\. Set ALERT_WEBHOOK_URL/),
  });
});
