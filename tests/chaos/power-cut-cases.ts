import { Readable } from "node:stream";
import { startRemoval } from "~/features/duplicates/remove/start-removal.server";
import { startIngest } from "~/features/ingest/start-ingest.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { pilotLabelRun } from "~/features/labeling/pilot/pilot";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { startReassignment } from "~/features/owners/reassign/start-reassignment.server";
import type { Ports } from "~/ports/index.server";

const ROOT = "references/01. Model/";
const actor = { id: "script:test", name: "test" };

/** How a kind of work is met by a power cut: what lies in the bucket, and what is asked of it. */
export type PowerCutCase = {
  /** What lies in the bucket. */
  keys: string[];
  /** How many objects it adds, apart from thumbnails; none unless told. */
  adds?: number;
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
};
