import { ChevronDown, ChevronUp, X } from "lucide-react";
import { IconButton } from "~/components/ui/forms/button";
import { rowControlClass } from "~/components/ui/forms/field";
import { Picture } from "~/components/ui/picture";
import { attributeWords } from "~/features/attribute-words";
import { nameWithFolder } from "~/features/images/key-layout";
import type { Example } from "./example";

type ExampleRowProps = {
  example: Example;
  /** From 0. */
  place: number;
  isLast: boolean;
  attributes: { name: string; values: string[] }[];
  onMove(to: number): void;
  onRemove(): void;
  onLabels(labels: Record<string, string>): void;
};

/** One example: its picture, its right answer, its place. */
export function ExampleRow({ example, place, isLast, attributes, onMove, onRemove, onLabels }: ExampleRowProps) {
  const { key, imageId, etag, labels } = example;
  const name = nameWithFolder(key);
  return (
    <li className="flex flex-wrap items-start gap-3 rounded-md border border-line p-2">
      <Picture
        imageId={imageId}
        etag={etag}
        missing={imageId === null ? "Not indexed" : undefined}
        alt={`Example ${name}`}
        className="h-24 w-18 shrink-0"
      />
      <div className="min-w-0 grow basis-60">
        <p className="truncate text-sm" title={key}>
          {key}
        </p>
        <ul className="mt-1.5 flex flex-wrap gap-2">
          {attributes.map(({ name: attribute, values }) => (
            <li key={attribute}>
              <LabelChoice
                attribute={attribute}
                values={values}
                value={labels[attribute]}
                said={example.from?.[attribute]}
                about={name}
                onChange={(value) => onLabels(withLabel(labels, attribute, value))}
              />
            </li>
          ))}
        </ul>
      </div>
      <div className="flex">
        <IconButton label={`Show ${name} earlier`} disabled={place === 0} onClick={() => onMove(place - 1)}>
          <ChevronUp aria-hidden />
        </IconButton>
        <IconButton label={`Show ${name} later`} disabled={isLast} onClick={() => onMove(place + 1)}>
          <ChevronDown aria-hidden />
        </IconButton>
        <IconButton label={`Remove ${name}`} onClick={onRemove}>
          <X aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}

/** The labels with another value of one attribute, or without it. */
function withLabel(labels: Record<string, string>, attribute: string, value: string): Record<string, string> {
  const others = Object.entries(labels).filter(([name]) => name !== attribute);
  return Object.fromEntries(value === "" ? others : [...others, [attribute, value]]);
}

type LabelChoiceProps = {
  attribute: string;
  values: string[];
  value: string | undefined;
  /** Who says the value that it came with. */
  said: string | undefined;
  /** The example's name. */
  about: string;
  onChange(value: string): void;
};

function LabelChoice({ attribute, values, value, said, about, onChange }: LabelChoiceProps) {
  return (
    <label className="flex flex-col gap-0.5 text-xs text-muted">
      <span>
        {attributeWords(attribute)}
        <span className="sr-only"> of {about}</span>
        {value !== undefined && said && <span> · {said}</span>}
      </span>
      <select
        // A value that the schema lists no more.
        value={value !== undefined && values.includes(value) ? value : ""}
        onChange={({ target }) => onChange(target.value)}
        className={rowControlClass}
      >
        <option value="">not stated</option>
        {values.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}
