import { useSearchParams } from "@remix-run/react";
import { Filter, FilterChoices } from "~/components/lists/filter";
import { SearchBox } from "~/components/lists/search-box";
import { useSearchLink } from "~/components/lists/use-search-link";
import { TextLink } from "~/components/ui/text-link";
import type { OwnerOrder } from "~/features/owners/owner-order";

const orders: { value: OwnerOrder; label: string }[] = [
  { value: "name", label: "Name, A to Z" },
  { value: "images", label: "Most images first" },
  { value: "bytes", label: "Largest first" },
  { value: "last", label: "Newest image first" },
];

/** The search box, and the order of the list. */
export function SearchOwners({ text }: { text: string }) {
  const [params] = useSearchParams();
  const linkTo = useSearchLink();
  const sort = params.get("sort");
  const order = orders.find(({ value }) => value === sort);
  return (
    <search aria-label="Filters" className="flex min-w-0 flex-wrap items-center gap-2">
      <SearchBox
        label="Search owners"
        placeholder="Name, ID or email"
        text={text}
        kept={sort === null ? [] : [["sort", sort]]}
        clearTo={linkTo({ text: null })}
      />
      <Filter label="Order" value={order?.label ?? null} clearTo={linkTo({ sort: null })}>
        <FilterChoices
          choices={orders.map(({ value, label }) => ({
            label,
            to: linkTo({ sort: value === "name" ? null : value }),
            isCurrent: value === (sort ?? "name"),
          }))}
        />
      </Filter>
      {text !== "" && (
        <TextLink to={linkTo({ text: null })} className="ml-1 text-sm">
          Show all
        </TextLink>
      )}
    </search>
  );
}
