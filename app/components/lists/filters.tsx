import { Form, useSearchParams } from "@remix-run/react";
import { Button } from "~/components/ui/forms/button";
import { sinceWords, spans } from "~/features/since";
import { Filter, FilterChoices } from "./filter";
import { useSearchLink } from "./use-search-link";

type ChoiceFilterProps = {
  label: string;
  /** The parameter of the address. */
  param: string;
  choices: { value: string; label: string }[];
};

/** Keeps what has one of some values. */
export function ChoiceFilter({ label, param, choices }: ChoiceFilterProps) {
  const [params] = useSearchParams();
  const linkTo = useSearchLink();
  const current = params.get(param);
  const known = choices.find(({ value }) => value === current);
  return (
    <Filter label={label} value={known?.label ?? current} clearTo={linkTo({ [param]: null })}>
      {choices.length > 0 ? (
        <FilterChoices
          choices={choices.map((choice) => ({
            label: choice.label,
            to: linkTo({ [param]: choice.value }),
            isCurrent: choice.value === current,
          }))}
        />
      ) : (
        <p className="px-2 py-1.5 text-sm text-muted">Nothing to choose from yet.</p>
      )}
    </Filter>
  );
}

/** Keeps what happened since a moment: within a span, or on a day and after. */
export function SinceFilter() {
  const [params] = useSearchParams();
  const linkTo = useSearchLink();
  const current = params.get("since");
  return (
    <Filter label="Since" value={sinceWords(params)} clearTo={linkTo({ since: null })}>
      <FilterChoices
        choices={spans.map(({ value, label }) => ({
          label,
          to: linkTo({ since: value }),
          isCurrent: value === current,
        }))}
      />
      <TextChoice param="since" type="date" label="On this day (UTC) or later" />
    </Filter>
  );
}

type TextChoiceProps = { param: string; type: "date" | "text"; label: string; placeholder?: string };

/** A value that is typed rather than chosen; the other parameters of the address stay. */
export function TextChoice({ param, type, label, placeholder }: TextChoiceProps) {
  const [params] = useSearchParams();
  const current = params.get(param) ?? "";
  const others = [...params].filter(([name]) => name !== param && name !== "page" && name !== "before");
  return (
    <Form method="get" preventScrollReset className="flex flex-col gap-1 border-t border-line p-2 first:border-t-0">
      {others.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label htmlFor={`filter-${param}`} className="text-xs text-muted">
        {label}
      </label>
      <span className="flex gap-2">
        <input
          id={`filter-${param}`}
          name={param}
          type={type}
          required
          defaultValue={type === "date" && !/^\d{4}-/.test(current) ? "" : current}
          placeholder={placeholder}
          autoComplete="off"
          className="h-8 w-full min-w-0 rounded-md border border-control bg-surface px-2 text-sm max-sm:h-11"
        />
        <Button type="submit">Show</Button>
      </span>
    </Form>
  );
}
