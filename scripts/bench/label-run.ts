// A label run against a Gemini that limits, stumbles and refuses: 300 ms an answer, 600 requests a minute whose 429 holds
// all, 5 % stray 429 that hold their own request only, 2 % 500, 2 % malformed, 1 % IMAGE_SAFETY. Says whether each image ended as
// it should, whether a call came before its retryDelay was over, and how the time compares with the quota. Prints one JSON
// document; exit code 1 where one of them fails. Usage: npm run bench -- label-run [IMAGES [WORKERS]]     (1,000 and 1)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { indexImages } from "~/features/images/index/index-images";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { readLabelRun } from "~/features/labeling/views/read-label-run.server";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";
import { startLocalCloud } from "../dev/console/local-cloud";
import { localEnv } from "../dev/console/local-env";
import { migrate } from "../dev/console/migrate";
import { findFreePorts } from "../dev/console/ports";
import { keepRunning } from "../dev/console/process";
import type { Attempt } from "../dev/gemini/call-log";
import { knobsSchema, mishap } from "../dev/gemini/knobs";
import { unlikePicture } from "../dev/unlike-picture";
import { waitForRun } from "./wait-for-run";

const images = Number(process.argv[2] ?? 1_000);
const workers = Number(process.argv[3] ?? 1);

const QUOTA_PER_MINUTE = 600;
const AT_MOST = 1.05;
/** Calls that were on their way when another one's 429 was answered. */
const UNDER_WAY_MS = 1_000;
const knobs = knobsSchema.parse({
  latencyMs: 300,
  quotaPerMinute: QUOTA_PER_MINUTE,
  share: { strayRateLimit: 0.05, serverError: 0.02, malformed: 0.02, imageSafety: 0.01 },
  strayDelaySeconds: { from: 0.5, to: 2 },
});

const actor = { id: "script:bench", name: "Bench" };
const folder = mkdtempSync(join(tmpdir(), "bench-label-run-"));
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const variables = localEnv({ ports: { web, s3, gemini, google }, folder });
const env = loadEnv(variables);
const cloud = await startLocalCloud(env, folder);
const file = join(folder, "ops.db");
migrate(file);
const ports = await createPorts({ ...env, LOG_LEVEL: "error" }, { busyTimeoutMs: 1_000 });
const running = Array.from({ length: workers }, (_, index) =>
  keepRunning("jobs/index.ts", {
    env: variables,
    logFile: join(folder, "logs", `worker-${index}.log`),
    onDeath: (how) => process.stderr.write(`A worker ended: ${how}\n`),
  }),
);

async function seed() {
  const root = "references/01. Model/";
  const put = async (key: string, number: number) =>
    ports.storage.put(`${root}${key}`, await unlikePicture(number), { contentType: "image/png" });
  await put("front_warm/reference.png", images);
  await put("profile_cool/reference.png", images + 1);
  await put("back_neutral/reference.png", images + 2);
  for (let n = 0; n < images; n++) await put(`front_warm/${String(n).padStart(6, "0")}.png`, n);
}

/** How an image must end whose calls met what they met, and how many of its answers meant nothing. */
function expectedEnd(attempts: Attempt[]) {
  const faults = attempts.map(({ image }, attempt) => mishap(knobs, image, attempt));
  const answers = attempts.flatMap(({ end }, attempt) => (end === "answered" ? [faults[attempt] ?? null] : []));
  const malformed = answers.filter((fault) => fault === "malformed-json").length;
  const last = answers.at(-1);
  const end = last === "image-safety" ? "refused" : last === "malformed-json" ? "invalid" : "labeled";
  return { end, again: Math.min(malformed, answers.length - 1) };
}

function cameEarly(attempts: readonly Attempt[]) {
  const early = (one: Attempt) =>
    attempts.some(
      ({ at, image }) =>
        one.notBefore !== null &&
        at < one.notBefore &&
        (one.end === "stray" ? image === one.image && at > one.at : at > one.at + UNDER_WAY_MS),
    );
  return attempts.filter(early).length;
}

try {
  await seed();
  await waitForRun(
    ports,
    (await startRun(ports, indexImages, { payload: { prefix: "" }, actor, autoApply: true })).runId,
    "succeeded",
  );
  cloud.gemini.setKnobs(knobs);
  const { runId } = await startLabelRun(ports, {
    selection: { query: { root: "Model" } },
    only: "all",
    budgetUsd: null,
    actor,
  });
  const { planHash } = await waitForRun(ports, runId, "planned");
  const startedAt = performance.now();
  await applyRun(ports, jobKinds, { runId, actor, planHash: planHash ?? "" });
  const run = await waitForRun(ports, runId, "succeeded");
  const seconds = (performance.now() - startedAt) / 1_000;

  const attempts = cloud.gemini.attempts();
  const byImage = new Map<string, Attempt[]>();
  for (const attempt of attempts) byImage.set(attempt.image, [...(byImage.get(attempt.image) ?? []), attempt]);
  const ends = [...byImage.values()].map(expectedEnd);
  const expectedAs = (what: string) => ends.filter(({ end }) => end === what).length;
  const endedAs = (errorClass: string) => run.failures.find((one) => one.errorClass === errorClass)?.count ?? 0;
  const rejected = attempts.filter(({ end }) => end !== "answered");
  const forced = rejected.length + ends.reduce((sum, { again }) => sum + again, 0);
  const idealSeconds = (images + forced) / (QUOTA_PER_MINUTE / 60);
  const { totals } = await readLabelRun(ports, runId);
  const result = {
    images,
    workers,
    outcomes: { labeled: run.succeeded, refused: endedAs("refused"), invalid: endedAs("invalid"), failed: run.failed },
    expected: {
      labeled: expectedAs("labeled"),
      refused: expectedAs("refused"),
      invalid: expectedAs("invalid"),
    },
    forcedRetries: forced,
    rejectedBy: {
      quota: rejected.filter(({ end }) => end === "quota").length,
      stray: rejected.filter(({ end }) => end === "stray").length,
      error: rejected.filter(({ end }) => end === "error").length,
    },
    calls: attempts.length,
    callsExpected: images + forced,
    callsInLedger: totals.calls,
    cameEarly: cameEarly(attempts),
    billedTokens: cloud.gemini.bill(),
    tokensInLedger: { text: totals.textTokens, image: totals.imageTokens, output: totals.outputTokens },
    seconds: Math.round(seconds * 10) / 10,
    idealSeconds: Math.round(idealSeconds * 10) / 10,
    secondsOverIdeal: Math.round((seconds / idealSeconds) * 1_000) / 1_000,
  };
  const holds =
    byImage.size === images &&
    result.outcomes.labeled === result.expected.labeled &&
    result.outcomes.refused === result.expected.refused &&
    result.outcomes.failed === result.expected.refused + result.expected.invalid &&
    result.calls === result.callsExpected &&
    result.callsInLedger === result.calls &&
    result.cameEarly === 0 &&
    result.secondsOverIdeal <= AT_MOST;
  process.stdout.write(`${JSON.stringify({ ...result, holds }, null, 2)}\n`);
  process.exitCode = holds ? 0 : 1;
} finally {
  await Promise.all(running.map((worker) => worker.stop()));
  await ports.db.$disconnect();
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
}
