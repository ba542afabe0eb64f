import { Link } from "@remix-run/react";
import { ImageUp, X } from "lucide-react";
import { FilterChips } from "~/components/images/filter-chips";
import { missingWords } from "~/components/images/image-card";
import { SearchBox } from "~/components/lists/search-box";
import { Picture } from "~/components/ui/picture";
import { type ImageSearch, LONGEST_FIND } from "~/features/image-search/image-search";
import { toImageSearch } from "~/features/image-search/image-search-address";
import type { DrawnCard } from "~/features/images/browse/with-placeholders.server";
import { baseName } from "~/features/images/key-layout";
import { toImageAddress } from "~/features/images/query/image-address";
import type { OwnerNames } from "~/features/images/query/image-words";
import { visible } from "~/quote";
import { SearchByPicture } from "./search-by-picture";
import { useTiny } from "./tiny-picture";

type SearchForProps = {
  search: ImageSearch;
  /** The image that others are to be like. */
  like: DrawnCard | null;
  ownerNames: OwnerNames;
};

/** What is searched, and each filter in words with the way to be rid of it. */
export function SearchFor({ search, like, ownerNames }: SearchForProps) {
  const { find, query } = search;
  const kept: [string, string][] = [...toImageAddress(query)];
  if (search.like !== null) kept.push(["like", String(search.like)]);
  if (search.picture !== null) kept.push(["picture", search.picture]);
  return (
    <search aria-label="Search" className="flex min-w-0 flex-wrap items-center gap-2">
      <SearchBox
        label="Words that images should have"
        placeholder="Words of keys, prompts, owners or labels"
        param="find"
        longest={LONGEST_FIND}
        text={find ?? ""}
        kept={kept}
        clearTo={toImageSearch({ ...search, find: null })}
      />
      <SearchByPicture search={search} />
      {search.picture !== null && (
        <LikePicture hash={search.picture} clearTo={toImageSearch({ ...search, picture: null })} />
      )}
      {like && <Like image={like} clearTo={toImageSearch({ ...search, like: null })} />}
      <FilterChips
        query={query}
        ownerNames={ownerNames}
        toQuery={(next) => toImageSearch({ ...search, query: next })}
      />
    </search>
  );
}

/** The image that others are to be like, with the way to be rid of it. */
const Like = ({ image, clearTo }: { image: DrawnCard; clearTo: string }) => {
  const name = visible(baseName(image.key));
  return (
    <span className={chipClass}>
      <Picture
        imageId={image.id}
        etag={image.etag}
        missing={missingWords(image)}
        alt=""
        placeholder={image.placeholder}
        className="aspect-square h-full shrink-0 rounded-none"
      />
      <Link to={`/images/${image.id}`} className="truncate px-2.5 hover:underline" title={visible(image.key)}>
        Like {name}
      </Link>
      <Remove what={`like ${name}`} to={clearTo} />
    </span>
  );
};

/** The picture that images are to be like. The console does not keep it; the tab that sent it shows a tiny one. */
function LikePicture({ hash, clearTo }: { hash: string; clearTo: string }) {
  const tiny = useTiny(hash);
  return (
    <span className={chipClass}>
      {tiny !== null && <img src={tiny} alt="" className="aspect-square h-full shrink-0 object-cover" />}
      <span className="inline-flex items-center gap-1.5 truncate px-2.5">
        {tiny === null && <ImageUp aria-hidden className="size-3.5 shrink-0" />}
        Like your picture
      </span>
      <Remove what="like your picture" to={clearTo} />
    </span>
  );
}

const chipClass =
  "inline-flex h-8 max-w-full min-w-0 items-center overflow-hidden rounded-md border border-line-strong bg-surface text-sm max-sm:h-11";

const Remove = ({ what, to }: { what: string; to: string }) => (
  <Link
    to={to}
    aria-label={`Remove: ${what}`}
    title="Remove"
    className="flex h-full shrink-0 items-center justify-center border-l border-line px-2 text-muted -outline-offset-2 hover:bg-hover hover:text-ink max-sm:w-11"
  >
    <X aria-hidden className="size-3.5" />
  </Link>
);
