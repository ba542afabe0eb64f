import { z } from "zod";
import { dayOf, plural } from "~/features/format";
import { readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import { defineCheck, type Judgement, type Trouble } from "~/features/monitoring/check";
import { loadDrawingModels } from "~/features/prices/load-drawing-models.server";
import { loadModels } from "~/features/prices/load-models.server";
import type { ModelFacts } from "~/features/prices/model-book";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";

const DAY_MS = 24 * 60 * 60_000;
const SOON_DAYS = 30;
/** A model that drew within so many days is in use. */
const DRAWN_WITHIN_DAYS = 30;

const reading = z.object({
  models: z.array(
    z.object({
      model: z.string(),
      ends: z.number().nullable(),
      instead: z.string().nullable(),
      /** Earlier readings are of models that label. */
      makes: z.enum(["labels", "vectors", "drawings"]).default("labels"),
    }),
  ),
});
type Used = z.infer<typeof reading>["models"][number];

export const models = defineCheck({
  name: "models",
  title: "End dates of models",
  unit: "days",
  measures:
    "days until the first model in use ends: that of the environment, those of the newest version of each prompt, that of the images' vectors, and those that drew within 30 days",
  rule: "Ending: within 30 days. Ended: it is no longer served, and runs with it pause.",
  link: "/prompts",
  reading,

  async measure({ db, model, clock }) {
    const at = clock.now();
    const book = await loadModels(model);
    const drawing = await loadDrawingModels(model);
    const toUsed =
      (makes: Used["makes"], factsOf: (name: string, at: Date) => Pick<ModelFacts, "ends" | "instead"> | null) =>
      (name: string): Used => {
        const { ends = null, instead = null } = factsOf(name, at) ?? {};
        return { model: name, ends: ends?.getTime() ?? null, instead, makes };
      };
    return {
      models: [
        ...(await labelingModels(db, model.name)).map(toUsed("labels", book.factsOf)),
        ...(await embeddingModels(db, model.embeddingName)).map(toUsed("vectors", book.embeddingOf)),
        ...(await drawingModels(db, at)).map(toUsed("drawings", drawing.factsOf)),
      ],
    };
  },

  judge: ({ models: used }, { at }) => judgeModels({ models: used }, at),
});

async function labelingModels(db: Db, ofEnvironment: string): Promise<string[]> {
  const newest = await db.promptVersion.groupBy({ by: ["name"], _max: { id: true } });
  const prompts = await db.promptVersion.findMany({ where: { id: { in: newest.map(({ _max }) => _max.id ?? 0) } } });
  return [...new Set([ofEnvironment, ...prompts.map((row) => readPromptContent(row).settings.model)])].sort();
}

/** That of the environment, once an image has a vector of it. */
async function embeddingModels(db: Db, ofEnvironment: string): Promise<string[]> {
  const row = await db.imageEmbedding.findFirst({ where: { model: ofEnvironment }, select: { id: true } });
  return row ? [ofEnvironment] : [];
}

async function drawingModels(db: Db, at: Date): Promise<string[]> {
  const createdAt = { gte: new Date(at.getTime() - DRAWN_WITHIN_DAYS * DAY_MS) };
  const used = await db.drawRun.groupBy({ by: ["model"], where: { createdAt }, orderBy: { model: "asc" } });
  return used.map((run) => run.model);
}

/** What to do where a model ends. */
function toDo({ makes, instead }: Pick<Used, "makes" | "instead">): string {
  if (makes === "drawings") return `Draw with ${instead ? quote(instead) : "another"} instead.`;
  if (makes === "vectors") {
    return `Set GEMINI_EMBEDDING_MODEL to ${instead ? quote(instead) : "another"}, and embed all images anew.`;
  }
  return `Change the prompts that ask it${instead ? `, to ${quote(instead)} say` : ""}, and GEMINI_MODEL.`;
}

export function judgeModels({ models: used }: z.infer<typeof reading>, at: Date): Judgement {
  const dated = used.flatMap(({ ends, ...one }) =>
    ends === null ? [] : [{ ...one, ends: new Date(ends), days: Math.max((ends - at.getTime()) / DAY_MS, 0) }],
  );
  const near = dated.filter(({ days }) => days <= SOON_DAYS);
  const troubles = near.map(
    ({ ends, days, ...one }): Trouble =>
      days === 0
        ? {
            ...of(one, "ended", "error"),
            sentence: `${quote(one.model)} has not been served since ${dayOf(ends)}. ${toDo(one)}`,
          }
        : { ...of(one, "ending", "warning"), sentence: `${quote(one.model)} ends on ${dayOf(ends)}. ${toDo(one)}` },
  );
  const value = dated.length === 0 ? null : Math.min(...dated.map(({ days }) => days));
  const sentence = troubles.map((one) => one.sentence).join(" ");
  if (near.some(({ days }) => days === 0)) return { verdict: "ended", level: "bad", sentence, value, troubles };
  if (near.length > 0) return { verdict: "ending", level: "warn", sentence, value, troubles };
  const names = `${plural(used.length, "model")} in use (${used.map(({ model }) => model).join(", ")})`;
  return { verdict: "healthy", level: "ok", sentence: `${names}, none of which ends within ${SOON_DAYS} days.`, value };
}

/** Where what asks the model is chosen, or seen. */
const links = { labels: "/prompts", vectors: "/images/search", drawings: "/job-runs?kind=draw-images" };

const of = ({ model, makes }: Pick<Used, "model" | "makes">, verdict: string, severity: Trouble["severity"]) => ({
  ...{ verdict, severity },
  about: model,
  link: links[makes],
});
