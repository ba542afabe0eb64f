import { once } from "node:events";
import { createServer } from "node:net";
import parsePrometheus from "parse-prometheus-text-format";
import { describe, expect, onTestFinished, test } from "vitest";
import { listAlerts } from "~/features/alerts/list-alerts.server";
import { noteTime } from "~/features/clock-watch/note-time.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { readWorkInProgress } from "~/features/job-runs/views/read-work-in-progress.server";
import { summarizeLabelRun } from "~/features/labeling/views/summarize-label-run.sql.server";
import { checks } from "~/features/monitoring/checks/registry.server";
import { readMonitoring } from "~/features/monitoring/views/read-monitoring.server";
import type { Db } from "~/ports/db.server";
import { createLog } from "~/ports/log.server";
import { createProcessMetrics } from "~/ports/metrics/process-metrics.server";
import { serveMetrics } from "~/ports/metrics/serve-metrics.server";
import * as healthz from "~/routes/healthz/route";
import * as metricsRoute from "~/routes/metrics/route";
import { freePort, startTestConsole } from "./support/console";
import { openTestDb } from "./support/db";
import { runProcess } from "./support/process";
import { productionEnv } from "./support/production-env";
import { startTestS3 } from "./support/store/s3";

const token = "a-metrics-token-of-this-test-0123456789";
const at = new Date("2026-11-29T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(at.getTime() - minutes * 60_000);

/** All samples of a text by name and labels in order: `up{process="web"}`. */
function samplesOf(text: string): Record<string, number> {
  // Of a histogram with labels this parser keeps one sum of all; without its type each line is a sample of its own.
  const untyped = text.replace(/^# TYPE \S+ histogram$/gm, "");
  const samples = parsePrometheus(untyped).flatMap(({ name, metrics }) =>
    metrics.map(({ labels = {}, value }) => {
      const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
      return [pairs.length === 0 ? name : `${name}{${pairs.sort().join(",")}}`, Number(value)] as const;
    }),
  );
  return Object.fromEntries(samples);
}

/** Run 1 is over, run 2 labels and is under way: 3 calls that cost $0.05, one of them last month, and one in flight. */
async function seed(db: Db) {
  const run = { lane: 0, payload: "{}", actor: "operator:1", actorName: "Mina", createdAt: minutesAgo(60) };
  await db.jobRun.createMany({
    data: [
      { ...run, id: 1, kind: "index-images", title: "Index", status: "succeeded", planned: 9, finishedAt: at },
      { ...run, id: 2, kind: "label-run", title: "Label run", status: "running", planned: 40, startedAt: at },
      { ...run, id: 3, kind: "label-run", title: "Label run", status: "paused", pauseReason: "Its budget is spent." },
    ],
  });
  await db.jobChunk.createMany({
    data: [
      { runId: 1, seq: 0, firstSeq: 0, lastSeq: 8, status: "finished", succeeded: 6, failed: 1, skipped: 2 },
      { runId: 2, seq: 0, firstSeq: 0, lastSeq: 19, status: "finished", succeeded: 18, skipped: 2 },
      { runId: 2, seq: 1, firstSeq: 20, lastSeq: 39, succeeded: 3, failed: 4 },
    ],
  });
  await db.image.create({
    data: { id: 1, key: "a.png", etag: "e", bytes: 1n, kind: "reference", modifiedAt: at, createdAt: at },
  });
  await db.labelRun.create({ data: { id: 1, jobRunId: 2, scope: "{}", createdAt: at } });
  const call = { labelRunId: 1, imageId: 1, requestHash: "h", reservedUsd: 0.02, createdAt: minutesAgo(5) };
  const tokens = { promptTokens: 1_000, imageTokens: 258, outputTokens: 40 };
  const lastMonth = new Date("2026-10-31T12:00:00Z");
  await db.modelCall.createMany({
    data: [
      { ...call, ...tokens, outcome: "labelled", usd: 0.01, finishedAt: at },
      { ...call, ...tokens, outcome: "labelled", usd: 0.03, finishedAt: lastMonth, createdAt: lastMonth },
      { ...call, promptTokens: 500, outcome: "refused", usd: 0.01, finishedAt: at },
      { ...call, outcome: "reserved" },
    ],
  });
  const alert = { kind: "check", root: "Disk", subject: "", sentence: "", detail: "{}", openedAt: at, lastSeenAt: at };
  await db.alert.createMany({
    data: [
      { ...alert, cause: "a", severity: "error" },
      { ...alert, cause: "b", severity: "error" },
      { ...alert, cause: "c", severity: "warning" },
      { ...alert, cause: "d", severity: "error", closedAt: at },
    ],
  });
  const check = { name: "disk", verdict: "full", sentence: "", alerts: "{}", reading: "{}" };
  await db.check.createMany({
    data: [
      { ...check, at: minutesAgo(40), value: 80, level: "warn" },
      { ...check, at: minutesAgo(10), value: 97.5, level: "bad" },
    ],
  });
  await noteTime({ db, clock: { now: () => minutesAgo(2) } });
}

test("through a Prometheus parser, /metrics has the numbers of the pages", async () => {
  const { url, ports } = await startTestConsole({ routes: { "/metrics": metricsRoute }, now: () => at });
  await seed(ports.db);
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get("Content-Type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const samples = samplesOf(await response.text());
  expect(samples).toEqual({
    'diffs_ops_items_total{kind="index-images",outcome="succeeded"}': 6,
    'diffs_ops_items_total{kind="index-images",outcome="failed"}': 1,
    'diffs_ops_items_total{kind="index-images",outcome="skipped"}': 2,
    'diffs_ops_items_total{kind="label-run",outcome="succeeded"}': 21,
    'diffs_ops_items_total{kind="label-run",outcome="failed"}': 4,
    'diffs_ops_items_total{kind="label-run",outcome="skipped"}': 2,
    diffs_ops_queue_items: 13,
    diffs_ops_queue_runs: 1,
    diffs_ops_queue_waiting_runs: 0,
    diffs_ops_runs_paused_themselves: 1,
    'diffs_ops_job_runs{status="paused"}': 1,
    'diffs_ops_job_runs{status="running"}': 1,
    'diffs_ops_job_runs{status="succeeded"}': 1,
    'diffs_ops_model_calls_total{outcome="labelled"}': 2,
    'diffs_ops_model_calls_total{outcome="refused"}': 1,
    diffs_ops_model_calls_open: 1,
    'diffs_ops_model_tokens_total{type="text"}': 2_500,
    'diffs_ops_model_tokens_total{type="image"}': 516,
    'diffs_ops_model_tokens_total{type="output"}': 80,
    diffs_ops_model_dollars_total: 0.05,
    diffs_ops_model_reserved_dollars: 0.02,
    diffs_ops_model_month_dollars: 0.02,
    'diffs_ops_open_alerts{severity="error"}': 2,
    'diffs_ops_open_alerts{severity="warning"}': 1,
    diffs_ops_worker_silent_seconds: 120,
    'diffs_ops_check_value{check="disk",unit="percent"}': 97.5,
    'diffs_ops_check_level{check="disk",level="bad"}': 1,
  });

  const sum = (start: string) =>
    Object.entries(samples).reduce((total, [name, value]) => total + (name.startsWith(start) ? value : 0), 0);
  const work = await readWorkInProgress(ports);
  expect(samples.diffs_ops_queue_items).toBe(work.planned - work.done);
  const run = await readRun(ports, 2);
  expect(sum('diffs_ops_items_total{kind="label-run"')).toBe(run?.done);
  const totals = await summarizeLabelRun(ports, 2);
  expect(sum("diffs_ops_model_calls_")).toBe(totals.calls);
  expect(sum("diffs_ops_model_tokens_total")).toBe(totals.textTokens + totals.imageTokens + totals.outputTokens);
  expect(samples.diffs_ops_model_dollars_total).toBe(totals.spentUsd);
  expect(samples.diffs_ops_model_reserved_dollars).toBe(totals.reservedUsd);
  expect(sum("diffs_ops_open_alerts")).toBe((await listAlerts(ports, [], { limit: 1 })).total);
  const monitoring = await readMonitoring(ports, checks, { days: 1 });
  const disk = monitoring.checks.find(({ name }) => name === "disk");
  expect(samples['diffs_ops_check_value{check="disk",unit="percent"}']).toBe(disk?.last?.value);
});

test("an empty database has its numbers, too, and none for what was never seen", async () => {
  const { url } = await startTestConsole({ routes: { "/metrics": metricsRoute } });
  const samples = samplesOf(await (await fetch(`${url}/metrics`)).text());
  expect(samples).toMatchObject({ diffs_ops_queue_items: 0, diffs_ops_model_dollars_total: 0 });
  expect(Object.keys(samples).filter((name) => /silent|check|items_total/.test(name))).toEqual([]);
});

describe("who may read them", () => {
  const ask = async (env: Record<string, string>, Authorization?: string) => {
    const { url } = await startTestConsole({ routes: { "/metrics": metricsRoute }, env });
    return (await fetch(`${url}/metrics`, { headers: Authorization ? { Authorization } : {} })).status;
  };

  test.each<[string, Record<string, string>, string | undefined, number]>([
    ["on a developer's machine: that machine", {}, undefined, 200],
    ["there with a token: who carries it", { METRICS_TOKEN: token }, undefined, 401],
    ["without a token elsewhere: no one", productionEnv, undefined, 401],
    ["without a token elsewhere: no one, whatever is shown", productionEnv, `Bearer ${token}`, 401],
    ["with a token: not who has none", { ...productionEnv, METRICS_TOKEN: token }, undefined, 401],
    ["with a token: not who has another", { ...productionEnv, METRICS_TOKEN: token }, `Bearer ${token}x`, 401],
    ["with a token: who carries it", { ...productionEnv, METRICS_TOKEN: token }, `Bearer ${token}`, 200],
  ])("%s", async (_who, env, authorization, status) => {
    expect(await ask(env, authorization)).toBe(status);
  });
});

describe("each process tells its own numbers at a port of its own", () => {
  const serve = async (env: { METRICS_PORT: number; METRICS_TOKEN?: string }) => {
    const served = await serveMetrics(
      { env: { HOST: "127.0.0.1", METRICS_TOKEN: undefined, ...env }, log: createLog("silent") },
      createProcessMetrics("web"),
      async () => [{ name: "shared", help: "As of now.", type: "gauge", samples: [{ value: 7 }] }],
    );
    onTestFinished(() => served?.close());
    return served?.url ?? "";
  };

  test("requests by page, S3 calls by answer, the event loop; and no new series for each address that is tried", async () => {
    const s3 = await startTestS3({}, undefined, "aws");
    const metrics = createProcessMetrics("web");
    const { url, ports } = await startTestConsole({
      routes: { "/healthz": healthz, "/*": { loader: () => new Response("There is none.", { status: 404 }) } },
      env: { ...s3.env, S3_FORCE_PATH_STYLE: "true" },
      metrics,
    });
    for (const path of ["/healthz", "/healthz", "/nowhere", "/nowhere/else", "/wp-login.php"]) await fetch(url + path);
    await ports.storage.put("a.png", Buffer.from("a"), { contentType: "image/png" });
    await ports.storage.head("b.png");
    s3.setFaults([{ operation: "GetObject", status: 503, times: 1 }]);
    await ports.storage.get("a.png");
    const readSamples = async () => samplesOf((await metrics.read()).body);
    // A request is counted when its connection has let go of the answer, which may be after the client has it.
    const others = 'diffs_ops_http_request_seconds_count{method="GET",page="other",process="web",status="404"}';
    await expect.poll(async () => (await readSamples())[others]).toBe(3);
    const samples = await readSamples();
    expect(samples).toMatchObject({
      'diffs_ops_http_request_seconds_count{method="GET",page="healthz",process="web",status="200"}': 2,
      'diffs_ops_s3_call_seconds_count{answer="200",command="PutObject",process="web"}': 1,
      'diffs_ops_s3_call_seconds_count{answer="404",command="HeadObject",process="web"}': 1,
      'diffs_ops_s3_call_seconds_count{answer="503",command="GetObject",process="web"}': 1,
      'diffs_ops_s3_call_seconds_count{answer="200",command="GetObject",process="web"}': 1,
      'nodejs_eventloop_lag_seconds{process="web"}': expect.any(Number),
    });
    expect(Object.keys(samples).join()).not.toMatch(/nowhere|wp-login/);
  });

  test("the next free port is taken, so that no process has numbers of another", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void taken.close());
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const [first, second] = [await serve({ METRICS_PORT: port }), await serve({ METRICS_PORT: port })];
    expect(Number(new URL(first).port)).toBeGreaterThan(port);
    expect(Number(new URL(second).port)).toBeGreaterThan(Number(new URL(first).port));
    expect(samplesOf(await (await fetch(`${second}/database`)).text())).toEqual({ shared: 7 });
    expect((await fetch(second.replace("/metrics", "/other"))).status).toBe(404);
  });

  test("with METRICS_TOKEN only who carries it is told", async () => {
    const url = await serve({ METRICS_PORT: await freePort(), METRICS_TOKEN: token });
    const statuses = [undefined, `Bearer ${token}x`, `Bearer ${token}`].map(
      async (Authorization) => (await fetch(url, { headers: Authorization ? { Authorization } : {} })).status,
    );
    expect(await Promise.all(statuses)).toEqual([401, 401, 200]);
  });

  test("the worker does, from its start on", async () => {
    const { file } = await openTestDb();
    const port = await freePort();
    const worker = runProcess(["jobs/index.ts"], {
      ...{ APP_ENVIRONMENT: "local", DATABASE_URL: `file:${file}`, METRICS_PORT: String(port) },
    });
    await expect.poll(() => worker.said.stderr).toContain("Metrics of this process are served");
    const [, url = ""] = /"url":"([^"]+)"/.exec(worker.said.stderr) ?? [];
    expect(samplesOf(await (await fetch(url)).text())).toHaveProperty([
      'nodejs_eventloop_lag_seconds{process="worker"}',
    ]);
    expect(samplesOf(await (await fetch(`${url}/database`)).text())).toHaveProperty("diffs_ops_queue_runs");
    worker.kill("SIGTERM");
    expect((await worker.ended).code).toBe(0);
  });
});
