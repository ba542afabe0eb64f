import type { FieldMetadata } from "@conform-to/react";
import { FieldError } from "~/components/ui/forms/field";
import { attributeWords } from "~/features/attribute-words";

type AttributesFieldProps = {
  field: Pick<FieldMetadata<Record<string, "on">>, "name" | "errors" | "errorId">;
  attributes: { name: string; values: string[] }[];
  chosen: string[];
  onChange(chosen: string[]): void;
};

/** Which attributes of labels/schema.json the model is asked for. */
export function AttributesField({ field, attributes, chosen, onChange }: AttributesFieldProps) {
  return (
    <fieldset className="min-w-0" aria-describedby={field.errors && field.errorId}>
      <legend className="font-medium">Attributes</legend>
      <p className="text-sm text-muted">From labels/schema.json. The model must answer each with one of its values.</p>
      <ul className="mt-2 flex flex-col gap-1">
        {attributes.map(({ name, values }) => (
          <li key={name}>
            <label className="flex cursor-pointer items-start gap-2.5 rounded-md py-1 text-sm max-sm:min-h-11">
              <input
                type="checkbox"
                name={`${field.name}.${name}`}
                checked={chosen.includes(name)}
                onChange={({ target }) =>
                  onChange(target.checked ? [...chosen, name] : chosen.filter((other) => other !== name))
                }
                className="mt-0.75 accent-accent-fill"
              />
              <span className="w-28 shrink-0 font-medium">{attributeWords(name)}</span>
              <span className="min-w-0 text-muted">{values.join(" · ")}</span>
            </label>
          </li>
        ))}
      </ul>
      <FieldError field={field} />
    </fieldset>
  );
}
