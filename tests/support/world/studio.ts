import sharp from "sharp";
import { indexImages } from "~/features/images/index/index-images";
import { jobKinds } from "~/features/job-kinds.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { labelRun } from "~/features/labeling/label-run";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import type { Ports } from "~/ports/index.server";
import type { KnobsInput } from "../../../scripts/dev/gemini/knobs";
import { type AgeRange, type Angle, inventPersona, type Tone } from "../../../scripts/dev/portrait/persona";
import { drawPortrait } from "../../../scripts/dev/portrait/portrait";
import { openTestDb } from "../db";
import { openTestGemini } from "../gemini";
import { startTestS3 } from "../store/s3";
import { portsAround } from "./nowhere";
import { runsOf } from "./runs";

const actor = { id: "script:test", name: "test" };
const root = "references/01. Model/";

const drawn = new Map<string, Promise<Buffer>>();

/** A small picture of someone of this angle, tone and age, as the demo draws them; drawn once a file of tests. */
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
  const { storage, setFaults, env: s3Env } = await startTestS3();
  const { model, gemini, env: geminiEnv } = await openTestGemini(options);
  const ports = portsAround({ db, storage, model });
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

  const runs = runsOf(ports);

  /** Carries a run out, as one worker would; `apply: false` stops at its plan. */
  async function carryOut(runId: number, { apply = true, worker = ports } = {}) {
    const run = await runs.work(runId, { as: worker });
    return apply && run.status === "planned" ? runs.apply(run, { as: worker }) : run;
  }
  async function start(input: Partial<Parameters<typeof startLabelRun>[1]> = {}, world: Ports = ports) {
    const selection = { query: { root: "Model" } };
    return startLabelRun(world, { selection, only: "unanswered", budgetUsd: null, actor, ...input });
  }
  return {
    ports,
    /** What leads a process of its own to this studio. */
    env: { ...s3Env, ...geminiEnv, S3_FORCE_PATH_STYLE: "true", DATABASE_URL: `file:${db.file}` },
    gemini,
    setFaults,
    put,
    index: () => runs.carryOut(indexImages, { prefix: "" }),
    start,
    job: requireJob(jobKinds, labelRun.kind),
    carryOut,
    /** Starts a label run and carries it out. */
    async label(input: Parameters<typeof start>[0] = {}) {
      const { runId } = await start(input);
      return { runId, run: await carryOut(runId) };
    },
  };
}
