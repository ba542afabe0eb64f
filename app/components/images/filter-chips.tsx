import { Link } from "@remix-run/react";
import { X } from "lucide-react";
import type { ImageQuery } from "~/features/images/query/image-query";
import { filtersInWords, type OwnerNames } from "~/features/images/query/image-words";

type FilterChipsProps = {
  query: ImageQuery;
  ownerNames: OwnerNames;
  /** The address of the same with another query. */
  toQuery(query: ImageQuery): string;
};

/** Each filter of a query in words, with the way to be rid of it. */
export const FilterChips = ({ query, ownerNames, toQuery }: FilterChipsProps) =>
  filtersInWords(query, ownerNames).map(({ field, words }) => (
    <span
      key={field}
      className="inline-flex h-8 max-w-full min-w-0 items-center overflow-hidden rounded-md border border-line-strong bg-surface text-sm max-sm:h-11"
    >
      <span className="truncate px-2.5">{words}</span>
      <Link
        to={toQuery(without(query, field))}
        aria-label={`Remove filter: ${words}`}
        title="Remove"
        className="flex h-full shrink-0 items-center justify-center border-l border-line px-2 text-muted -outline-offset-2 hover:bg-hover hover:text-ink max-sm:w-11"
      >
        <X aria-hidden className="size-3.5" />
      </Link>
    </span>
  ));

/** A group is one of a root: without the root it names nothing. */
const without = (query: ImageQuery, field: keyof ImageQuery): ImageQuery => ({
  ...query,
  [field]: undefined,
  ...(field === "root" && { group: undefined }),
});
