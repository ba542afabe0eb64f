import { z } from "zod";
import { dayOf, plural } from "~/features/format";
import { readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import { defineCheck, type Judgement, type Trouble } from "~/features/monitoring/check";
import { loadModels } from "~/features/prices/load-models.server";
import { quote } from "~/quote";

const reading = z.object({
  models: z.array(z.object({ model: z.string(), ends: z.number().nullable(), instead: z.string().nullable() })),
});

export const models = defineCheck({
  name: "models",
  title: "End dates of models",
  unit: "days",
  measures:
    "days until the first model in use ends: that of the environment, and those of the newest version of each prompt",
  rule: "Ending: within 30 days. Ended: it is no longer served, and label runs with it pause.",
  link: "/prompts",
  reading,

  async measure({ db, model, clock }) {
    const newest = await db.promptVersion.groupBy({ by: ["name"], _max: { id: true } });
    const prompts = await db.promptVersion.findMany({ where: { id: { in: newest.map(({ _max }) => _max.id ?? 0) } } });
    const used = new Set([model.name, ...prompts.map((row) => readPromptContent(row).settings.model)]);
    const book = await loadModels(model);
    const at = clock.now();
    return {
      models: [...used].sort().map((name) => {
        const { ends, instead } = book.factsOf(name, at);
        return { model: name, ends: ends?.getTime() ?? null, instead };
      }),
    };
  },

  judge: ({ models: used }, { at }) => judgeModels({ models: used }, at),
});

const DAY_MS = 24 * 60 * 60_000;
const SOON_DAYS = 30;

export function judgeModels({ models: used }: z.infer<typeof reading>, at: Date): Judgement {
  const dated = used.flatMap(({ model, ends, instead }) =>
    ends === null ? [] : [{ model, instead, ends: new Date(ends), days: Math.max((ends - at.getTime()) / DAY_MS, 0) }],
  );
  const near = dated.filter(({ days }) => days <= SOON_DAYS);
  const troubles = near.map(({ model, instead, ends, days }): Trouble => {
    const change = `Change the prompts that ask it${instead ? `, to ${quote(instead)} say` : ""}, and GEMINI_MODEL.`;
    return days === 0
      ? {
          ...of(model, "ended", "error"),
          sentence: `${quote(model)} has not been served since ${dayOf(ends)}. ${change}`,
        }
      : { ...of(model, "ending", "warning"), sentence: `${quote(model)} ends on ${dayOf(ends)}. ${change}` };
  });
  const value = dated.length === 0 ? null : Math.min(...dated.map(({ days }) => days));
  const sentence = troubles.map((one) => one.sentence).join(" ");
  if (near.some(({ days }) => days === 0)) return { verdict: "ended", level: "bad", sentence, value, troubles };
  if (near.length > 0) return { verdict: "ending", level: "warn", sentence, value, troubles };
  const names = `${plural(used.length, "model")} in use (${used.map(({ model }) => model).join(", ")})`;
  return { verdict: "healthy", level: "ok", sentence: `${names}, none of which ends within ${SOON_DAYS} days.`, value };
}

const of = (model: string, verdict: string, severity: Trouble["severity"]) => ({
  ...{ verdict, severity },
  about: model,
  link: "/prompts",
});
