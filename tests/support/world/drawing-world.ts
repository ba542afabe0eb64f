import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { startDrawing } from "~/features/drawing/start-drawing.server";
import { indexImages } from "~/features/images/index/index-images";
import type { KnobsInput } from "../../../scripts/dev/gemini/knobs";
import { runsOf } from "./runs";
import { openStudio } from "./studio";

export const actor = { id: "operator:1", name: "Mina" };

/** What is asked for unless a test says otherwise: one picture of words alone. */
export const asked = {
  ...{ prompt: "A person from the front in warm light", model: "gemini-nano-banana-2.1", references: null },
  ...{
    images: [] as number[],
    baseId: null as number | null,
    mask: null as string | null,
    size: "1K",
    aspectRatio: "3:4",
    ownerId: null as string | null,
    count: 1,
  },
};

/** The references of front and warm, as the image agent asks for them. */
export const frontWarm = {
  root: "Model",
  mode: "tone+angle",
  attributes: { angle: "front", tone: "warm" },
  ageRange: null,
} as const;

/** A studio that is indexed and audited, and whose Gemini draws. */
export async function openDrawing({ knobs = {} }: { knobs?: KnobsInput } = {}) {
  const studio = await openStudio({ knobs: { ...knobs } });
  const { ports } = studio;
  const runs = runsOf(ports, actor);
  await runs.carryOut(indexImages, { prefix: "" });
  await runs.carryOut(auditGroups, { root: "Model" });
  const plan = async (request: object = {}, budgetUsd = 1, mask: Buffer | null = null) =>
    runs.work((await startDrawing(ports, { request: { ...asked, ...request }, budgetUsd, actor, mask })).runId);
  return {
    ...{ ports, db: ports.db, storage: ports.storage, gemini: studio.gemini, ...runs, plan },
    /** Plans and applies. */
    draw: async (request: object = {}, budgetUsd = 1) => runs.apply(await plan(request, budgetUsd)),
    drawn: () => ports.db.image.findMany({ where: { kind: "generated" }, orderBy: { key: "asc" } }),
    items: (runId: number) => ports.db.jobItem.findMany({ where: { runId }, orderBy: { seq: "asc" } }),
    calls: (runId: number) => ports.db.drawCall.findMany({ where: { drawRunId: runId }, orderBy: { id: "asc" } }),
  };
}
