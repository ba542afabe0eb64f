import { Link, useSearchParams } from "@remix-run/react";
import { X } from "lucide-react";
import { SearchBox } from "~/components/lists/search-box";
import { TextLink } from "~/components/ui/text-link";
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
      {filters.map(({ field, words }) => (
        <span
          key={field}
          className="inline-flex h-8 max-w-full min-w-0 items-center overflow-hidden rounded-md border border-line-strong bg-surface text-sm max-sm:h-11"
        >
          <span className="truncate px-2.5">{words}</span>
          <Link
            to={toImageList(without(query, field), params)}
            aria-label={`Remove filter: ${words}`}
            title="Remove"
            className="flex h-full shrink-0 items-center justify-center border-l border-line px-2 text-muted -outline-offset-2 hover:bg-hover hover:text-ink max-sm:w-11"
          >
            <X aria-hidden className="size-3.5" />
          </Link>
        </span>
      ))}
      <AddFilter query={query} />
      {filters.length > 1 && (
        <TextLink to={toImageList({}, params)} className="ml-1 text-sm">
          Remove all
        </TextLink>
      )}
    </search>
  );
}

/** A group is one of a root: without the root it names nothing. */
const without = (query: ImageQuery, field: keyof ImageQuery): ImageQuery => ({
  ...query,
  [field]: undefined,
  ...(field === "root" && { group: undefined }),
});
