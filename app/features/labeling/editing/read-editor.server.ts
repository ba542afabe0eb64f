import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { PERSONAS, personasPrompt } from "~/features/labeling/prompts/personas-prompt";
import type { PromptContent } from "~/features/labeling/prompts/prompt-content";
import type { ExampleView } from "~/features/labeling/views/prompt-view";
import { readPromptVersion } from "~/features/labeling/views/read-prompt-version.server";
import { loadModels } from "~/features/prices/load-models.server";
import { leastThinking, type ModelFacts } from "~/features/prices/model-book";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Model } from "~/ports/model/model.server";
import { quote, quoteKey } from "~/quote";

/** An example as the editor keeps it; `imageId` is null where the index does not know its picture. */
export type DraftExample = Pick<ExampleView, "imageId" | "key" | "etag" | "labels">;

/** What the editor begins with, and what there is to choose from. */
export type PromptEditor = {
  /** The version that it begins as a copy of. */
  from: { id: number; name: string; version: number; newest: number } | null;
  start: Omit<PromptContent, "attributes" | "examples"> & {
    name: string;
    attributes: string[];
    examples: DraftExample[];
  };
  attributes: { name: string; values: string[] }[];
  models: ModelFacts[];
  /** What of the copied version cannot be taken over, as sentences. */
  notes: string[];
};

/**
 * @param from the version to copy; "Personas": what the console's own prompt asks now, without examples; null: nothing yet
 * @throws DomainError "not-found"
 */
export async function readEditor(
  deps: { db: Db; model: Model; clock: Clock },
  from: number | "Personas" | null,
): Promise<PromptEditor> {
  const at = deps.clock.now();
  const [schema, book] = await Promise.all([loadLabelSchema(), loadModels(deps.model)]);
  const names = [...new Set([deps.model.name, ...book.current(at)])];
  const models = names.map((name) => book.factsOf(name, at));
  const attributes = Object.entries(schema.attributes).map(([name, { values }]) => ({ name, values }));
  const options = { attributes, models };
  if (typeof from === "number") return { ...copyOf(await readPromptVersion(deps, from), options), ...options };
  const model = book.factsOf(deps.model.name, at);
  const personas = personasPrompt({ schema, model, examples: [] });
  const start = {
    name: "",
    instructions: from === PERSONAS ? personas.instructions : "",
    attributes: attributes.map(({ name }) => name),
    settings: personas.settings,
    examples: [],
  };
  return { from: null, start, notes: [], ...options };
}

function copyOf(
  { prompt, versions }: Awaited<ReturnType<typeof readPromptVersion>>,
  { attributes, models }: Pick<PromptEditor, "attributes" | "models">,
): Pick<PromptEditor, "from" | "start" | "notes"> {
  const { id, name, version, instructions, settings } = prompt;
  const known = attributes.map((one) => one.name);
  const lost = Object.keys(prompt.attributes).filter((one) => !known.includes(one));
  const usable = prompt.examples.filter(({ state }) => state === "current" || state === "moved");
  const model = models.find((one) => one.model === settings.model);
  const notes = [
    ...lost.map((one) => `labels/schema.json no longer has ${quote(one)}, so it is left out.`),
    ...prompt.examples
      .filter((example) => !usable.includes(example))
      .map(({ key }) => `The example ${quoteKey(key)} is no longer what it was, so it is left out.`),
    ...(model ? [] : [`${quote(settings.model)} is no longer available, so another model is selected.`]),
  ];
  return {
    from: { id, name, version, newest: versions[0]?.version ?? version },
    notes,
    start: {
      name: name === PERSONAS ? "" : name,
      instructions,
      attributes: Object.keys(prompt.attributes).filter((one) => known.includes(one)),
      settings: model ? settings : inSettingsOf(models[0], settings),
      examples: usable.map(({ imageId, keyNow, etag, labels }) => ({ imageId, key: keyNow, etag, labels })),
    },
  };
}

/** The settings of a version whose model is asked no more, for another one. */
function inSettingsOf(model: ModelFacts | undefined, { imageEdge, ...settings }: PromptContent["settings"]) {
  return model ? { model: model.model, imageEdge, ...leastThinking(model) } : { ...settings, imageEdge };
}
