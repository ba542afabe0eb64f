import type { FieldMetadata } from "@conform-to/react";
import { SelectField, TextField } from "~/components/ui/forms/field";
import { dayOf, dollars } from "~/features/format";
import type { ModelFacts } from "~/features/prices/model-book";

type SettingsFieldsProps = {
  fields: Record<"model" | "thinking" | "mediaResolution", FieldMetadata<string | undefined>> &
    Record<"maxOutputTokens" | "imageEdge", FieldMetadata<number>>;
  models: ModelFacts[];
};

/** The model, and the settings that it takes. */
export function SettingsFields({ fields, models }: SettingsFieldsProps) {
  const asked = fields.model.value;
  const model = models.find((one) => one.model === asked) ?? models[0];
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-base">Model and settings</h2>
      <SelectField
        field={fields.model}
        label="Model"
        hint={model && modelWords(model)}
        options={models.map((one) => ({ value: one.model, label: one.model }))}
      />
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        {model?.thinking && (
          <SelectField
            // Another model thinks in other ways.
            key={`thinking ${model.model}`}
            field={fields.thinking}
            label="Thinking"
            hint="How much, before it answers."
            options={thinkingOptions(model.thinking)}
          />
        )}
        {model?.takes.mediaResolution && (
          <SelectField
            key={`resolution ${model.model}`}
            field={fields.mediaResolution}
            label="Media resolution"
            hint="How closely it looks at pictures."
            options={resolutionOptions(model)}
          />
        )}
        <TextField isNumber field={fields.maxOutputTokens} label="Maximum output" hint="Tokens, thinking included." />
        <TextField isNumber field={fields.imageEdge} label="Picture edge" hint="The long side in px." />
      </div>
    </section>
  );
}

type Option = { value: string; label: string };

const perMillion = (usd: number) => dollars(usd * 1e6);

/** What it costs, and until when it is served. */
function modelWords({ price, ends }: ModelFacts): string {
  const cost = price
    ? `${perMillion(price.input.image)} per million tokens in, ${perMillion(price.output)} out.`
    : "Its price is not known, so a run with it can have no budget.";
  return ends ? `${cost} Served until ${dayOf(ends)}.` : cost;
}

const byItself = { value: "", label: "Model default" };

function thinkingOptions(thinking: NonNullable<ModelFacts["thinking"]>): Option[] {
  if ("levels" in thinking) return [...thinking.levels.map((level) => ({ value: level, label: level })), byItself];
  const { leastBudget } = thinking;
  return [{ value: String(leastBudget), label: leastBudget === 0 ? "Off" : `${leastBudget} tokens` }, byItself];
}

function resolutionOptions({ imageTokens }: ModelFacts): Option[] {
  const tokensAt = (level: "low" | "medium" | "high") =>
    imageTokens !== null && imageTokens !== "tiles" ? `, ${imageTokens[level]} tokens a picture` : "";
  return [
    byItself,
    ...(["low", "medium", "high"] as const).map((level) => ({ value: level, label: `${level}${tokensAt(level)}` })),
  ];
}
