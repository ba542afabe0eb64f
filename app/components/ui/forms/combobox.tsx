import { Check } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { cx } from "~/components/ui/cx";
import { controlClass } from "./field";
import { useListbox } from "./use-listbox";

export type ComboboxOption = { value: string; label: string; hint: string };

type ComboboxProps = {
  label: string;
  /** Of the field that carries the chosen option's value. */
  name: string;
  placeholder: string;
  value: string | null;
  onChange(value: string | null): void;
  /** Asks for the options of a text; at first of none. */
  onSearch(text: string): void;
  isSearching: boolean;
  /** Undefined until the first answer. */
  options: ComboboxOption[] | undefined;
  /** What to say where no option matches. */
  none: string;
  /** What to say below a list that was cut. */
  more: string | null;
};

/** Letters that are typed quickly are asked about once. */
const PAUSE_MS = 120;

/** Chooses one of many by typing a part of it. Its list stands in the page, so that it fits a dialog on a small screen. */
export function Combobox({ label, name, placeholder, value, onChange, onSearch, ...list }: ComboboxProps) {
  const { isSearching, options = [], none, more } = list;
  const [text, setText] = useState("");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const listbox = useListbox(options.length, (index) => {
    const option = options[index];
    if (!option) return;
    onChange(option.value);
    setText(option.label);
  });
  const isChosen = value !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: onSearch is another function at each drawing
  useEffect(() => {
    if (isChosen) return;
    const timer = setTimeout(() => onSearch(text), text === "" ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, isChosen]);
  useEffect(() => field.current?.setCustomValidity(isChosen ? "" : "Choose one from the list."), [isChosen]);
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        {...listbox.input}
        role="combobox"
        ref={field}
        id={id}
        aria-expanded={!isChosen}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange(null);
          listbox.restart();
        }}
        onKeyDown={(event) => !isChosen && listbox.input.onKeyDown(event)}
        spellCheck={false}
        className={controlClass}
      />
      {isChosen && <input type="hidden" name={name} value={value} />}
      {isChosen ? (
        <p className="flex min-h-9 items-center gap-1.5 px-2.5 text-sm text-muted">
          <Check aria-hidden className="size-3.5 text-good" />
          {options.find((option) => option.value === value)?.hint || "Chosen"}
        </p>
      ) : (
        <div className="max-h-56 min-h-9 overflow-y-auto rounded-md border border-line has-[ul:empty]:hidden">
          <ul {...listbox.list} aria-label={label}>
            {options.map((option, index) => (
              <li
                key={option.value}
                {...listbox.option(index)}
                className={cx(
                  "flex min-h-9 cursor-pointer flex-wrap items-center gap-x-2 px-2.5 py-1 text-sm max-sm:min-h-11",
                  "aria-selected:bg-hover",
                )}
              >
                <span className="[overflow-wrap:anywhere]">{option.label}</span>
                <span className="text-xs text-muted [overflow-wrap:anywhere]">{option.hint}</span>
              </li>
            ))}
          </ul>
          {more && <p className="px-2.5 py-1.5 text-xs text-muted">{more}</p>}
        </div>
      )}
      <p role="status" className="text-xs text-muted">
        {!isChosen && list.options?.length === 0 && !isSearching && none}
      </p>
    </div>
  );
}
