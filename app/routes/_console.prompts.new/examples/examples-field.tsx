import type { FieldMetadata } from "@conform-to/react";
import { useEffect, useRef, useState } from "react";
import { z } from "zod";
import { ImagePicker } from "~/components/images/image-picker";
import { Button } from "~/components/ui/forms/button";
import { FieldError } from "~/components/ui/forms/field";
import type { ShotOption } from "~/features/labeling/editing/expected-labels.server";
import { MOST_EXAMPLES } from "~/features/labeling/editing/prompt-draft";
import { type Example, example } from "./example";
import { ExampleRow } from "./example-row";

type ExamplesFieldProps = {
  field: Pick<FieldMetadata<string>, "name" | "errors" | "errorId">;
  /** JSON, as the form sends it. */
  start: string;
  /** Those that the prompt asks for. */
  attributes: { name: string; values: string[] }[];
  onChange(): void;
};

/** The pictures that the model is shown first, each with its right answer, in the order in which they are shown. */
export function ExamplesField({ field, start, attributes, onChange }: ExamplesFieldProps) {
  const [examples, setExamples] = useState(() => z.array(example).catch([]).parse(JSON.parse(start)));
  const [isPicking, setPicking] = useState(false);
  const told = useRef(examples);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told of each change, whatever it was told to before
  useEffect(() => {
    if (told.current !== examples) onChange();
    told.current = examples;
  }, [examples]);
  const isFull = examples.length >= MOST_EXAMPLES;
  const pick = (option: ShotOption) =>
    setExamples(
      examples.some(({ key }) => key === option.key)
        ? examples.filter(({ key }) => key !== option.key)
        : [...examples, toExample(option)],
    );
  const move = (from: number, to: number) =>
    setExamples(examples.toSpliced(from, 1).toSpliced(to, 0, ...examples.slice(from, from + 1)));
  return (
    <fieldset className="min-w-0" aria-describedby={field.errors && field.errorId}>
      <legend className="font-medium">Examples</legend>
      <p className="text-sm text-muted">
        Shown to the model before every image, with the right answer. Each costs its tokens with every image. An
        attribute that you are not sure of is best left out.
      </p>
      <input
        type="hidden"
        name={field.name}
        value={JSON.stringify(examples.map(({ key, etag, labels, imageId }) => ({ key, etag, labels, imageId })))}
      />
      <ol className="mt-3 flex flex-col gap-2 empty:hidden">
        {examples.map((one, index) => (
          <ExampleRow
            key={one.key}
            example={one}
            place={index}
            isLast={index === examples.length - 1}
            attributes={attributes}
            onMove={(to) => move(index, to)}
            onRemove={() => setExamples(examples.toSpliced(index, 1))}
            onLabels={(labels) => setExamples(examples.with(index, { ...one, labels }))}
          />
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button onClick={() => setPicking(true)}>Choose examples</Button>
        <span className="text-sm text-muted tabular-nums">
          {examples.length} of {MOST_EXAMPLES}
        </span>
      </div>
      <FieldError field={field} />
      {isPicking && (
        <ImagePicker
          title="Choose examples"
          picked={examples.map(({ key }) => key)}
          isFull={isFull}
          onPick={pick}
          onClose={() => setPicking(false)}
        />
      )}
    </fieldset>
  );
}

const toExample = ({ imageId, key, etag, expected }: ShotOption): Example => ({
  imageId,
  key,
  etag,
  labels: Object.fromEntries(Object.entries(expected).map(([name, { value }]) => [name, value])),
  from: Object.fromEntries(Object.entries(expected).map(([name, { from }]) => [name, from])),
});
