import { FilterChips } from "~/components/images/filter-chips";
import { SearchBox } from "~/components/lists/search-box";
import { type ImageSearch, LONGEST_FIND } from "~/features/image-search/image-search";
import { toImageAddress } from "~/features/images/query/image-address";
import type { OwnerNames } from "~/features/images/query/image-words";
import { toImageSearch } from "~/web/image-search-address";

/** What is searched, and each filter in words with the way to be rid of it. */
export function SearchFor({ search, ownerNames }: { search: ImageSearch; ownerNames: OwnerNames }) {
  const { find, query } = search;
  return (
    <search aria-label="Search" className="flex min-w-0 flex-wrap items-center gap-2">
      <SearchBox
        label="Words that images should have"
        placeholder="Words of keys, prompts, owners or labels"
        param="find"
        longest={LONGEST_FIND}
        text={find ?? ""}
        kept={[...toImageAddress(query)]}
        clearTo={toImageSearch({ ...search, find: null })}
      />
      <FilterChips
        query={query}
        ownerNames={ownerNames}
        toQuery={(next) => toImageSearch({ ...search, query: next })}
      />
    </search>
  );
}
