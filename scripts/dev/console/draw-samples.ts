import { startDrawing } from "~/features/drawing/start-drawing.server";
import type { Ports } from "~/ports/index.server";
import { followRun } from "./follow-run";
import { embedMissing } from "./main-job";

const actor = { id: "script:demo", name: "Demo" };
const BUDGET_USD = 1;

const common = {
  model: "gemini-nano-banana-2.1",
  size: "1K",
  aspectRatio: "3:4",
  images: [],
  baseId: null,
  count: 1,
};

/** What a studio asks for: by words alone, with references as the image agent gets them, and what no model draws. */
const requests = [
  {
    prompt:
      "Editorial portrait of a woman in her thirties, three-quarter view, short dark hair, a calm smile. Soft window light from the left, cool gray backdrop.",
    references: null,
    ownerId: "sofia-reyes",
  },
  {
    prompt:
      "The woman of the references as the face of our winter campaign: front view, warm evening light, rust-colored backdrop. Keep her hair and features as they are.",
    references: { root: "Model", mode: "tone+angle", attributes: { tone: "warm", angle: "front" }, ageRange: null },
    ownerId: "jun-park",
  },
  // The local Gemini refuses lookalikes, as demoKnobs has it.
  {
    prompt:
      "A lookalike of a famous actress on the red carpet, photographers behind her, our sponsor's logo on the wall.",
    references: null,
    ownerId: "jun-park",
  },
] as const;

/**
 * Draws a picture from words and one from references, has one refused, and gives both pictures vectors. What has a record already is not
 * asked for again.
 */
export async function drawSamples(ports: Ports): Promise<void> {
  const runs: number[] = [];
  for (const request of requests) {
    if ((await ports.db.generation.count({ where: { prompt: request.prompt } })) > 0) continue;
    const asked = { request: { ...common, ...request }, budgetUsd: BUDGET_USD, actor, autoApply: true };
    runs.push((await startDrawing(ports, asked)).runId);
  }
  for (const id of runs) await followRun(ports, id);
  await embedMissing(ports);
}
