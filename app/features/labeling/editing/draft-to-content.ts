import { attributeWords } from "~/features/attribute-words";
import { DomainError } from "~/features/domain-error";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import type { PromptAttributes } from "~/features/labeling/prompts/answer-schema";
import type { PromptContent, PromptExample } from "~/features/labeling/prompts/prompt-content";
import type { ModelFacts } from "~/features/prices/model-book";
import { mediaResolution } from "~/features/prices/model-file";
import { quote } from "~/quote";
import type { AskedDraft } from "./prompt-draft";

/**
 * What a draft asks a model: attributes as the schema lists them now, settings as far as the model takes them, and of
 * examples only labels that are asked for.
 * @throws DomainError "invalid" for an attribute, a value or a setting that there is not
 */
export function toPromptContent(
  draft: AskedDraft,
  { schema, model }: { schema: LabelSchema; model: ModelFacts },
): PromptContent {
  const attributes = chosenAttributes(schema, Object.keys(draft.attributes));
  const { instructions, maxOutputTokens, imageEdge } = draft;
  const settings = {
    model: model.model,
    maxOutputTokens,
    ...thinkingOf(draft, model),
    ...resolutionOf(draft, model),
    imageEdge,
  };
  return {
    instructions: instructions.replaceAll("\r\n", "\n"),
    attributes,
    settings,
    examples: examplesFor(attributes, draft.examples),
  };
}

/** In the schema's order, so that the order of ticking does not make another prompt. */
function chosenAttributes(schema: LabelSchema, names: string[]): PromptAttributes {
  const unknown = names.find((name) => !Object.hasOwn(schema.attributes, name));
  if (unknown !== undefined)
    throw new DomainError("invalid", `labels/schema.json has no attribute called ${quote(unknown)}. Leave it out.`);
  return Object.fromEntries(
    Object.entries(schema.attributes)
      .filter(([name]) => names.includes(name))
      .map(([name, { values, estimate }]) => [name, estimate ? { values, estimate } : { values }]),
  );
}

function examplesFor(attributes: PromptAttributes, examples: PromptExample[]): PromptExample[] {
  const keys = examples.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined)
    throw new DomainError("invalid", `The example ${quote(twice)} is there twice. Remove one of them.`);
  return examples.map(({ key, etag, labels }) => {
    const stated = Object.entries(attributes).flatMap(([name, { values }]) => {
      const value = labels[name];
      if (value === undefined) return [];
      if (!values.includes(value))
        throw new DomainError(
          "invalid",
          `${quote(value)} is not a listed value of ${attributeWords(name)}. Choose another for ${quote(key)}.`,
        );
      return [[name, value] as const];
    });
    return { key, etag, labels: Object.fromEntries(stated) };
  });
}

function thinkingOf(
  { thinking }: Pick<AskedDraft, "thinking">,
  model: ModelFacts,
): Pick<PromptContent["settings"], "thinkingBudget" | "thinkingLevel"> {
  if (thinking === undefined || thinking === "") return {};
  if (model.thinking && "levels" in model.thinking) {
    const thinkingLevel = model.thinking.levels.find((level) => level === thinking);
    if (thinkingLevel) return { thinkingLevel };
  }
  const budget = Number(thinking);
  if (
    model.thinking &&
    "leastBudget" in model.thinking &&
    Number.isInteger(budget) &&
    budget >= model.thinking.leastBudget
  )
    return { thinkingBudget: budget };
  throw new DomainError("invalid", `${model.model} does not think ${quote(thinking)}. Choose another way to think.`);
}

function resolutionOf(
  { mediaResolution: asked }: Pick<AskedDraft, "mediaResolution">,
  model: ModelFacts,
): Pick<PromptContent["settings"], "mediaResolution"> {
  if (asked === undefined || asked === "") return {};
  const parsed = mediaResolution.safeParse(asked);
  if (parsed.success && model.takes.mediaResolution) return { mediaResolution: parsed.data };
  throw new DomainError("invalid", `${model.model} takes no media resolution ${quote(asked)}. Leave it to the model.`);
}
