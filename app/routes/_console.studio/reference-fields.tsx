import { Choice } from "~/components/ui/forms/choice";
import { modeAttributes } from "~/features/attribute-groups/references/reference-request";
import { attributeWords } from "~/features/attribute-words";
import type { StudioView } from "~/features/drawing/studio/read-studio.server";
import type { FormProps } from "./form-props";
import { Segments } from "./segments";

const modes = [
  { value: "none", label: "None" },
  { value: "tone", label: "Tone" },
  { value: "tone+angle", label: "Tone + angle" },
] as const;

/** Which references are injected, as the image agent asks for them. */
export function ReferenceFields({
  form,
  change,
  roots,
  ageRanges,
}: FormProps & Pick<StudioView, "roots" | "ageRanges">) {
  const asked = form.mode === "none" ? [] : modeAttributes(form.mode);
  const attributes = roots.find(({ name }) => name === form.root)?.attributes ?? [];
  return (
    <div className="flex flex-col gap-3">
      <Segments
        legend="References"
        hint="Injected after your own images, as the image agent gets them."
        value={form.mode}
        choices={[...modes]}
        onChange={(mode) => change({ mode })}
      />
      {form.mode !== "none" && (
        <div className="flex flex-wrap gap-3 max-sm:grid max-sm:grid-cols-2">
          <Choice
            label="Root"
            value={form.root}
            onChange={({ target }) => change({ root: target.value })}
            isInRow
            className="min-w-32"
          >
            {options(
              roots.map(({ name }) => name),
              form.root,
            )}
          </Choice>
          {attributes
            .filter(({ name }) => asked.includes(name))
            .map(({ name, values }) => (
              <Choice
                key={name}
                label={attributeWords(name)}
                value={form.attributes[name] ?? ""}
                onChange={({ target }) => change({ attributes: { ...form.attributes, [name]: target.value } })}
                isInRow
                className="min-w-32"
              >
                {options(values, form.attributes[name] ?? "")}
              </Choice>
            ))}
          {ageRanges.length > 0 && (
            <Choice
              label="Age range"
              value={form.ageRange ?? ""}
              onChange={({ target }) => change({ ageRange: target.value || null })}
              isInRow
              className="min-w-32"
            >
              <option value="">Any</option>
              {options(ageRanges, form.ageRange ?? "")}
            </Choice>
          )}
        </div>
      )}
    </div>
  );
}

/** The value that the address gave is among them, whoever lists it: the preview says what is wrong with it. */
const options = (values: string[], value: string) =>
  (value === "" || values.includes(value) ? values : [value, ...values]).map((one) => <option key={one}>{one}</option>);
