import { Link, useSearchParams } from "@remix-run/react";
import { Check } from "lucide-react";
import { useEffect, useRef } from "react";
import { count } from "~/features/format";
import type { FacetField } from "~/features/images/browse/read-facets.sql.server";
import { toggleFacet } from "~/features/images/browse/toggle-facet";
import type { ImageQuery } from "~/features/images/query/image-query";
import { toImageList } from "~/web/image-list";
import type { CountedFacets } from "./use-facets";

const titles: Record<FacetField, string> = {
  kind: "Kind",
  owner: "Owner",
  label: "Label",
  thumbnail: "Thumbnail",
  format: "Format",
  unreadable: "Cannot be decoded",
};

/** What the images found are like, each value a filter. On a narrow screen it folds, so that pictures come first. */
export function Facets({ facets, query }: { facets: CountedFacets | null; query: ImageQuery }) {
  const [params] = useSearchParams();
  const folded = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (folded.current) folded.current.open = window.matchMedia("(min-width: 1024px)").matches;
  }, []);
  return (
    <details
      ref={folded}
      className="rounded-md border border-line bg-surface lg:sticky lg:top-16 lg:max-h-[calc(100dvh-80px)] lg:overflow-y-auto"
    >
      <summary className="flex h-9 cursor-pointer items-center px-3 text-sm font-medium max-sm:h-11">Narrow by</summary>
      <div className="flex flex-col gap-3 px-3 pb-3">
        {facets === null && <p className="text-sm text-muted">Counting …</p>}
        {facets?.facets.map((values) => {
          const field = values[0]?.field;
          return field ? (
            <section key={field} aria-label={titles[field]}>
              <h2 className="text-xs text-muted">{titles[field]}</h2>
              <ul>
                {values.map(({ value, label, count: images }) => {
                  const { query: to, isSet } = toggleFacet(query, field, value);
                  return (
                    <li key={value}>
                      <Link
                        to={toImageList(to, params)}
                        aria-current={isSet || undefined}
                        className="-mx-1 flex min-h-7 items-center gap-2 rounded-md px-1 text-sm -outline-offset-2 hover:bg-hover max-sm:min-h-11"
                      >
                        {isSet && <Check aria-hidden className="size-3.5 shrink-0" />}
                        <span className="min-w-0 grow truncate">{label}</span>
                        <span className="text-xs text-muted tabular-nums">
                          {count(images)}
                          {facets.isSampled && "+"}
                        </span>
                      </Link>
                    </li>
                  );
                })}
              </ul>
            </section>
          ) : null;
        })}
        {facets?.isSampled && (
          <p className="text-xs text-muted">Counted in the {count(facets.lookedAt)} newest; there are more.</p>
        )}
      </div>
    </details>
  );
}
