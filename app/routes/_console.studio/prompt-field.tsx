import { useId } from "react";
import { LONGEST_PROMPT } from "~/features/drawing/draw-request";
import { count } from "~/features/format";
import type { FormProps } from "./form-props";

/** From here on the letters are counted beside the field. */
const COUNTED_FROM = LONGEST_PROMPT / 2;

/** What the picture is to show, in words. */
export function PromptField({ form, change }: FormProps) {
  const id = useId();
  const length = Array.from(form.prompt).length;
  const isTooLong = length > LONGEST_PROMPT;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        Prompt
      </label>
      <textarea
        id={id}
        rows={5}
        value={form.prompt}
        onChange={({ target }) => change({ prompt: target.value })}
        placeholder="A person from the front in warm light, plain background"
        aria-invalid={isTooLong || undefined}
        aria-describedby={`${id}-length`}
        className="w-full rounded-md border border-control bg-surface p-2.5 text-base text-ink aria-invalid:border-bad"
      />
      <p id={`${id}-length`} role="status" className={isTooLong ? "text-sm text-bad" : "text-sm text-muted"}>
        {length >= COUNTED_FROM && `${count(length)} of ${count(LONGEST_PROMPT)} characters.`}
        {isTooLong && " Shorten it."}
      </p>
    </div>
  );
}
