import { type ReactNode, useId } from "react";

type SegmentsProps<Value extends string> = {
  legend: string;
  hint?: ReactNode;
  value: Value;
  choices: { value: Value; label: string }[];
  onChange(value: Value): void;
};

/** One of a few choices side by side; the arrow keys move among them, as among radio buttons everywhere. */
export function Segments<Value extends string>({ legend, hint, value, choices, onChange }: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="font-medium">{legend}</legend>
      {hint && <p className="text-sm text-muted">{hint}</p>}
      <div className="mt-1.5 flex w-fit max-w-full flex-wrap gap-1 rounded-md bg-sunken p-1">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex h-7 cursor-pointer items-center rounded-md border border-transparent px-3 text-sm text-muted hover:text-ink has-checked:border-line-strong has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent max-sm:h-11"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="sr-only"
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
