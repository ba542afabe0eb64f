import { useId, useState } from "react";
import { Button } from "~/components/ui/forms/button";
import { rowControlClass } from "~/components/ui/forms/field";
import type { MaskStep } from "./mask-drawing";

type BoxFieldsProps = { width: number; height: number; isErasing: boolean; onAdd(step: MaskStep): void };

const names = ["Left", "Top", "Width", "Height"] as const;

/** A rectangle by its numbers, for who does not paint with a pointer. */
export function BoxFields({ width, height, isErasing, onAdd }: BoxFieldsProps) {
  const id = useId();
  const [texts, setTexts] = useState<string[]>(() => [width / 4, height / 4, width / 2, height / 2].map(toWhole));
  const [left = Number.NaN, top = Number.NaN, wide = Number.NaN, high = Number.NaN] = texts.map((text) =>
    /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN,
  );
  const isInside = left + wide <= width && top + high <= height && wide > 0 && high > 0;
  return (
    <fieldset className="min-w-0">
      <legend className="text-sm font-medium">Rectangle, in pixels of the image</legend>
      <div className="mt-1 flex flex-wrap items-end gap-2">
        {names.map((name, at) => (
          <div key={name} className="flex flex-col">
            <label htmlFor={`${id}-${name}`} className="text-xs text-muted">
              {name}
            </label>
            <input
              id={`${id}-${name}`}
              inputMode="numeric"
              autoComplete="off"
              value={texts[at]}
              onChange={({ target }) => setTexts(texts.with(at, target.value))}
              aria-invalid={!isInside || undefined}
              aria-describedby={`${id}-said`}
              className={`${rowControlClass} w-18 tabular-nums`}
            />
          </div>
        ))}
        <Button
          disabled={!isInside}
          onClick={() => onAdd({ kind: "box", isErasing, left, top, width: wide, height: high })}
        >
          {isErasing ? "Erase the rectangle" : "Paint the rectangle"}
        </Button>
      </div>
      <p id={`${id}-said`} className="mt-1 text-xs text-muted">
        The image has {width} × {height} px.{!isInside && " Give whole numbers that lie within it."}
      </p>
    </fieldset>
  );
}

const toWhole = (value: number) => String(Math.round(value));
