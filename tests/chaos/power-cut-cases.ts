import { Readable } from "node:stream";
import { startGroupAction } from "~/features/attribute-groups/actions/start-group-action.server";
import { startDrawing } from "~/features/drawing/start-drawing.server";
import { previewTrial } from "~/features/drawing/trial/preview-trial.server";
import { startTrial } from "~/features/drawing/trial/start-trial.server";
import { startRemoval } from "~/features/duplicates/remove/start-removal.server";
import { startEmbedding } from "~/features/embeddings/start-embedding.server";
import { startIngest } from "~/features/ingest/start-ingest.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { pilotLabelRun } from "~/features/labeling/pilot/pilot";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { startReassignment } from "~/features/owners/reassign/start-reassignment.server";
import type { Ports } from "~/ports/index.server";

/** Pictures that are drawn. */
const DRAWN = 3;
/** Prompts of generations that are tried. */
const TRIED_ONCE = ["A person in warm light"];
const ROOT = "references/01. Model/";
const actor = { id: "script:test", name: "test" };

/** How a kind of work is met by a power cut: what lies in the bucket, and what is asked of it. */
export type PowerCutCase = {
  /** What lies in the bucket. */
  keys: string[];
  /** How many objects it adds, apart from thumbnails; none unless told. */
  adds?: number;
  /** Its undo puts into the trash what it added. */
  undoesToTrash?: boolean;
  /** At least so many calls to bucket and model, and transactions, it takes and its undo: a cut comes within these. */
  steps: number;
  /** The payload of its run, or how the run is started. */
  run: object | ((ports: Ports, plan: (run: { runId: number }) => Promise<number>) => Promise<number>);
};

const names = (folder: string, count: number) => Array.from({ length: count }, (_, n) => `${ROOT}${folder}/${n}.png`);
const front = names("front_warm", 5);
const reference = `${ROOT}front_warm/reference.png`;

const alike = Array.from({ length: 5 }, (_, n) => `uploads/${n}.png`);

const startAsking = (ports: Ports) =>
  startLabelRun(ports, { selection: { query: { root: "Model" } }, only: "all", budgetUsd: null, actor });

/** A pilot asks about images of a label run that is planned. */
const pilot: PowerCutCase = {
  steps: 15,
  keys: [...front, reference],
  run: async (ports, plan) => {
    const payload = { runId: await plan(await startAsking(ports)) };
    return (await startRun(ports, pilotLabelRun, { payload, actor })).runId;
  },
};

/** A plan sets another reference than some generations used: they are tried with either. */
async function startTrying(ports: Ports, plan: (run: { runId: number }) => Promise<number>) {
  const { id, etag } = await ports.db.image.findUniqueOrThrow({ where: { key: reference } });
  const createdAt = ports.clock.now();
  const image = { model: "gemini-nano-banana-2.1", imageId: id, record: "{}", createdAt };
  for (const prompt of TRIED_ONCE) {
    const references = { create: { position: 1, imageId: id, key: reference, etag, createdAt } };
    await ports.db.generation.create({ data: { ...image, id: prompt, hash: prompt, prompt, references } });
  }
  const set = { kind: "set-reference", root: "Model", key: front[1] ?? "" } as const;
  const planId = await plan(await startGroupAction(ports, set, actor));
  const { generations } = await previewTrial(ports, planId);
  const ids = generations.map((one) => one.id);
  return (await startTrial(ports, { planId, generations: ids, budgetUsd: 5, actor })).runId;
}

/** Each kind that does something outside of the database, by its name. */
export const powerCutCases: Record<string, PowerCutCase> = {
  "rename-group": { keys: front, steps: 36, run: { root: "Model", group: "front_warm", name: "front_cool" } },
  "merge-groups": {
    steps: 36,
    keys: [...front, `${ROOT}front_cool/there.png`],
    run: { root: "Model", group: "front_warm", into: "front_cool" },
  },
  "move-images": { keys: front, steps: 30, run: { root: "Model", keys: front.slice(1), to: "back_cool" } },
  "quarantine-objects": { keys: front, steps: 30, run: { root: "Model", keys: front.slice(1) } },
  "set-reference": { keys: [...front, reference], steps: 18, run: { root: "Model", key: front[3] } },
  "rekey-owner": {
    steps: 36,
    keys: Array.from({ length: 5 }, (_, n) => `generated/default/2026/11/${n}.png`),
    run: async (ports) => {
      await ports.db.owner.create({ data: { id: "u-1", name: "Mina Sato", createdAt: new Date() } });
      const selection = { query: { owner: ["default"] } };
      return (await startReassignment(ports, { selection, toOwnerId: "u-1", rekey: true, actor })).runId;
    },
  },
  "ingest-images": {
    steps: 30,
    keys: front,
    adds: 5,
    run: async (ports) => {
      const lines = front.map((key, n) => JSON.stringify({ key, owner: "mina", topic: `Topic ${n}`, role: "hero" }));
      const chunks = Readable.from([Buffer.from(lines.join("\n"))]);
      return (await startIngest(ports, { chunks, source: "list", readFile: null, actor })).runId;
    },
  },
  "remove-images": {
    steps: 27,
    keys: alike,
    run: async (ports) => {
      const images = await ports.db.image.findMany({ select: { id: true, etag: true } });
      const members = { create: images.map(({ id, etag }) => ({ imageId: id, etag, distance: 0 })) };
      const group = { kind: "same", images: images.length, spareBytes: 0, members };
      const at = new Date();
      await ports.db.duplicateSearch.create({ data: { startedAt: at, finishedAt: at, groups: { create: group } } });
      const removal = { kind: "same", groups: null, ownerId: null, keep: "oldest" } as const;
      return (await startRemoval(ports, { ...removal, actor })).runId;
    },
  },
  "backfill-thumbnails": { keys: front, steps: 9, run: { force: false } },
  "label-run": { keys: [...front, reference], steps: 15, run: async (ports) => (await startAsking(ports)).runId },
  "pilot-label-run": pilot,
  "embed-images": {
    keys: names("front_warm", 8),
    // Its undo has few: rows alone, many in a transaction.
    steps: 3,
    run: async (ports) => (await startEmbedding(ports, { budgetUsd: 1, actor })).runId,
  },
  "draw-images": {
    keys: names("front_warm", 2),
    adds: DRAWN,
    undoesToTrash: true,
    steps: 18,
    run: async (ports) => {
      const request = {
        ...{ prompt: "A person in warm light", model: "gemini-nano-banana-2.1", size: "1K", aspectRatio: "3:4" },
        ...{ references: null, images: [], baseId: null, ownerId: null, count: DRAWN },
      };
      return (await startDrawing(ports, { request, budgetUsd: 5, actor })).runId;
    },
  },
  "try-reference": {
    keys: [...names("front_warm", 2), reference],
    adds: 2 * TRIED_ONCE.length,
    undoesToTrash: true,
    steps: 12,
    run: startTrying,
  },
};
