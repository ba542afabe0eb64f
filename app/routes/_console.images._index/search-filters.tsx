import { useSearchParams } from "@remix-run/react";
import { FilterChips } from "~/components/images/filter-chips";
import { SearchBox } from "~/components/lists/search-box";
import { TextLink } from "~/components/ui/text-link";
import { toImageSearch } from "~/features/image-search/image-search-address";
import { toImageAddress } from "~/features/images/query/image-address";
import type { ImageQuery } from "~/features/images/query/image-query";
import { filtersInWords, type OwnerNames } from "~/features/images/query/image-words";
import { toImageList } from "~/web/image-list";
import { AddFilter } from "./add-filter/add-filter";

/** The search box, and each filter in words with the way to be rid of it. */
export function SearchFilters({ query, ownerNames }: { query: ImageQuery; ownerNames: OwnerNames }) {
  const [params] = useSearchParams();
  const { text, ...rest } = query;
  const filters = filtersInWords(query, ownerNames);
  const kept = ["sort", "view", "size"].flatMap((name) => params.getAll(name).map((value) => [name, value] as const));
  return (
    <search aria-label="Filters" className="flex min-w-0 flex-wrap items-center gap-2">
      <SearchBox
        label="Search images"
        placeholder="Key, prompt, owner or label"
        text={text ?? ""}
        kept={[...toImageAddress(rest), ...kept]}
        clearTo={toImageList(rest, params)}
      />
      {text !== undefined && (
        <TextLink to={toImageSearch({ find: text, like: null, picture: null, query: rest })} className="text-sm">
          Best matches
        </TextLink>
      )}
      <FilterChips query={query} ownerNames={ownerNames} toQuery={(next) => toImageList(next, params)} />
      <AddFilter query={query} />
      {filters.length > 1 && (
        <TextLink to={toImageList({}, params)} className="ml-1 text-sm">
          Remove all
        </TextLink>
      )}
    </search>
  );
}
