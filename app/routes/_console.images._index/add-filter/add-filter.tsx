import { useFetcher } from "@remix-run/react";
import { ChevronLeft, Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, IconButton } from "~/components/ui/forms/button";
import { Popover } from "~/components/ui/popover";
import type { ImageQuery } from "~/features/images/query/image-query";
import { FilterForm } from "./filter-form";
import { filterForms, type SchemaOptions } from "./filter-forms";
import type { FilterKind } from "./with-filter";

/** The filters that no facet shows: first which, then by what. */
export function AddFilter({ query }: { query: ImageQuery }) {
  return (
    <Popover
      label="Add a filter"
      className="max-h-(--radix-popover-content-available-height) w-[min(320px,calc(100vw-24px))]"
      trigger={
        <Button className="border-dashed">
          <Plus aria-hidden />
          Filter
        </Button>
      }
    >
      <Choosing query={query} />
    </Popover>
  );
}

function Choosing({ query }: { query: ImageQuery }) {
  const [kind, setKind] = useState<FilterKind | null>(null);
  const { load, data } = useFetcher<SchemaOptions>();
  useEffect(() => load("/schema-options"), [load]);
  if (kind === null) {
    return (
      <ul className="p-1">
        {filterForms.map((form) => (
          <li key={form.kind}>
            <button
              type="button"
              onClick={() => setKind(form.kind)}
              className="flex min-h-8 w-full items-center rounded-md px-2 text-left text-sm -outline-offset-2 hover:bg-hover max-sm:min-h-11"
            >
              {form.title}
            </button>
          </li>
        ))}
      </ul>
    );
  }
  const { title, Fields } = filterForms.find((form) => form.kind === kind) ?? filterForms[0];
  return (
    <>
      <div className="flex items-center gap-1 border-b border-line p-1">
        <IconButton label="Back to all filters" onClick={() => setKind(null)}>
          <ChevronLeft aria-hidden />
        </IconButton>
        <h2 className="text-sm">{title}</h2>
      </div>
      <FilterForm query={query} kind={kind}>
        <Fields query={query} options={data ?? { attributes: [], roots: [] }} />
      </FilterForm>
    </>
  );
}
