import sharp from "sharp";
import { indexImages } from "~/features/images/index/index-images";
import { indexImagesHandler } from "~/features/images/index/index-images.server";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { type Job, pair, requireJob, toJobs } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { RunDetails } from "~/features/job-runs/views/run-view";
import { labelRun } from "~/features/labeling/label-run";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import type { Ports } from "~/ports/index.server";
import { createLog } from "~/ports/log.server";
import type { KnobsInput } from "../../scripts/dev/gemini/knobs";
import { type AgeRange, type Angle, inventPersona, type Tone } from "../../scripts/dev/portrait/persona";
import { drawPortrait } from "../../scripts/dev/portrait/portrait";
import { openTestDb } from "./db";
import { openTestGemini } from "./gemini";
import { startTestS3 } from "./s3";

const actor = { id: "script:test", name: "test" };
const root = "references/01. Model/";

const drawn = new Map<string, Promise<Buffer>>();

/** A small picture of somebody of this angle, tone and age, as the demo draws them; drawn once a file of tests. */
export function portrait(seed: number, angle: Angle, tone: Tone, age: AgeRange): Promise<Buffer> {
  const who = `${seed} ${angle} ${tone} ${age}`;
  const picture = drawn.get(who) ?? draw(seed, angle, tone, age);
  drawn.set(who, picture);
  return picture;
}

function draw(seed: number, angle: Angle, tone: Tone, age: AgeRange): Promise<Buffer> {
  const svg = drawPortrait(inventPersona(seed, { angle, tone, age }), 384);
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/**
 * A studio of one test's own: database, S3 and Gemini over sockets, and a bucket with nine photos of three groups:
 * front_warm, profile_cool and back_neutral, each with its reference.png, which becomes an example, 02.png and 03.png.
 */
export async function openStudio(options: { knobs?: KnobsInput; model?: string } = {}) {
  const db = await openTestDb();
  const { storage, setFaults } = await startTestS3();
  const { model, gemini } = await openTestGemini(options);
  const ports: Ports = { db, storage, model, log: createLog("silent"), clock: { now: () => new Date() } };
  const put = (key: string, body: Buffer, contentType = "image/png") =>
    storage.put(`${root}${key}`, body, { contentType });
  await put("front_warm/reference.png", await portrait(1, "front", "warm", "20s"));
  await put("front_warm/02.png", await portrait(2, "front", "warm", "50s"));
  await put("front_warm/03.png", await portrait(7, "front", "warm", "30s"));
  await put("profile_cool/reference.png", await portrait(3, "profile", "cool", "30s"));
  await put("profile_cool/02.png", await portrait(4, "profile", "cool", "60s"));
  await put("profile_cool/03.png", await portrait(8, "profile", "cool", "20s"));
  await put("back_neutral/reference.png", await portrait(5, "back", "neutral", "40s"));
  await put("back_neutral/02.png", await portrait(6, "back", "neutral", "70+"));
  await put("back_neutral/03.png", await portrait(9, "back", "neutral", "50s"));

  /** Plans a run and carries it out, as one worker would. */
  async function carryOut(job: Job, runId: number, { apply = true, worker = ports } = {}): Promise<RunDetails> {
    const signal = new AbortController().signal;
    await workOnRun(worker, job, runId, signal);
    const planned = await readRun(ports, runId);
    if (apply && planned?.status === "planned" && planned.planHash) {
      await applyRun(ports, toJobs([job]), { runId, actor, planHash: planned.planHash });
      await workOnRun(worker, job, runId, signal);
    }
    const run = await readRun(ports, runId);
    if (!run) throw new Error(`no run ${runId}`);
    return run;
  }
  const labelJob = requireJob(jobKinds, labelRun.kind);

  async function index() {
    const { runId } = await startRun(ports, indexImages, { payload: { prefix: "" }, actor, autoApply: true });
    await carryOut(pair(indexImages, indexImagesHandler), runId);
  }
  async function start(input: { only?: "unanswered" | "all"; budgetUsd?: number | null } = {}, world: Ports = ports) {
    return startLabelRun(world, { root: "Model", only: "unanswered", budgetUsd: null, actor, ...input });
  }
  return {
    ports,
    gemini,
    setFaults,
    put,
    index,
    start,
    job: labelJob,
    carryOut: (runId: number, options?: { apply?: boolean; worker?: Ports }) => carryOut(labelJob, runId, options),
    /** Starts a label run and carries it out. */
    async label(input: Parameters<typeof start>[0] = {}) {
      const { runId } = await start(input);
      return { runId, run: await carryOut(labelJob, runId) };
    },
  };
}
