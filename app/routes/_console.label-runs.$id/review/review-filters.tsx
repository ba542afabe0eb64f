import { Form, useSearchParams } from "@remix-run/react";
import { Filter, FilterChoices, Filters } from "~/components/lists/filter";
import { ChoiceFilter } from "~/components/lists/filters";
import { useSearchLink } from "~/components/lists/use-search-link";
import { Button } from "~/components/ui/forms/button";
import { rowControlClass } from "~/components/ui/forms/field";
import { HiddenFields } from "~/components/ui/forms/intent-button";
import { attributeWords } from "~/features/attribute-words";
import { confidence } from "~/features/format";
import { changeWords, oldWords } from "~/features/labeling/review/filter-words";
import {
  DEFAULT_ORDER,
  filterNames,
  type ReviewFilter,
  type ReviewOrder,
} from "~/features/labeling/review/review-filter";
import { visible } from "~/quote";

const orders: { value: ReviewOrder; label: string }[] = [
  { value: "confidence-asc", label: "Least confident first" },
  { value: "confidence-desc", label: "Most confident first" },
  { value: "key-asc", label: "Key, A to Z" },
  { value: "key-desc", label: "Key, Z to A" },
];

const noFilter = Object.fromEntries(filterNames.map((name) => [name, null]));
const noCell = { attribute: null, old: null, unlabeled: null, new: null };

/** Which proposals are listed, and in which order; the cell is chosen in the matrix. */
export function ReviewFilters({ filter, order }: { filter: ReviewFilter; order: ReviewOrder }) {
  const linkTo = useSearchLink();
  const isFiltered = Object.keys(filter).length > 0;
  const cell = cellWords(filter);
  return (
    <Filters clearTo={isFiltered ? linkTo(noFilter) : null}>
      {cell && (
        <Filter label="Change" value={cell} clearTo={linkTo(noCell)}>
          <p className="px-2 py-1.5 text-sm text-muted">Choose another cell of a matrix.</p>
        </Filter>
      )}
      <ConfidenceFilter filter={filter} />
      <ChoiceFilter
        label="Decision"
        param="decision"
        choices={[
          { value: "open", label: "Open" },
          { value: "accepted", label: "Accepted" },
          { value: "rejected", label: "Rejected" },
        ]}
      />
      <ChoiceFilter label="Folder" param="folder" choices={[{ value: "disagrees", label: "Disagrees" }]} />
      <ChoiceFilter label="Person's label" param="person" choices={[{ value: "conflict", label: "Conflicts" }]} />
      <ChoiceFilter
        label="Unchanged"
        param="same"
        choices={[
          { value: "only", label: "Only what changes nothing" },
          { value: "any", label: "Shown as well" },
        ]}
      />
      <Filter
        label="Order"
        value={order === DEFAULT_ORDER ? null : (orders.find(({ value }) => value === order)?.label ?? null)}
        clearTo={linkTo({ sort: null })}
      >
        <FilterChoices
          choices={orders.map(({ value, label }) => ({
            label,
            to: linkTo({ sort: value === DEFAULT_ORDER ? null : value }),
            isCurrent: value === order,
          }))}
        />
      </Filter>
    </Filters>
  );
}

function cellWords({ attribute, old, new: to }: ReviewFilter): string | null {
  const name = attribute === undefined ? "" : attributeWords(attribute);
  if (old !== undefined && to !== undefined) return `${name} ${changeWords({ old, new: to })}`.trim();
  if (old !== undefined) return `${name} from ${oldWords(old)}`.trim();
  if (to !== undefined) return `${name} to ${visible(to)}`.trim();
  return attribute === undefined ? null : name;
}

/** How sure the model is, from and up to. */
function ConfidenceFilter({ filter: { min, max } }: { filter: ReviewFilter }) {
  const [params] = useSearchParams();
  const linkTo = useSearchLink();
  const words =
    min !== undefined && max !== undefined
      ? `${confidence(min)} to ${confidence(max)}`
      : min !== undefined
        ? `at least ${confidence(min)}`
        : max !== undefined
          ? `at most ${confidence(max)}`
          : null;
  const others = Object.fromEntries([...params].filter(([name]) => !["min", "max", "after", "before"].includes(name)));
  return (
    <Filter label="Confidence" value={words} clearTo={linkTo({ min: null, max: null })}>
      <Form method="get" preventScrollReset className="flex items-end gap-2 p-2">
        <HiddenFields fields={others} />
        <Bound name="min" label="From" value={min} />
        <Bound name="max" label="to" value={max} />
        <Button type="submit">Show</Button>
      </Form>
    </Filter>
  );
}

function Bound({ name, label, value }: { name: string; label: string; value: number | undefined }) {
  return (
    <label className="flex flex-col gap-1 text-xs text-muted">
      {label}
      <input
        name={name}
        type="number"
        min="0"
        max="1"
        step="0.01"
        defaultValue={value}
        className={`${rowControlClass} w-20 tabular-nums`}
      />
    </label>
  );
}
