import { useSearchParams } from "@remix-run/react";
import { useSearchLink } from "~/components/lists/use-search-link";
import { ButtonLink } from "~/components/ui/forms/button";

/** The way to the pages beside this one, and back to the first. */
export function NextPages({ before, after }: { before: string | null; after: string | null }) {
  const [params] = useSearchParams();
  const linkTo = useSearchLink();
  const isDeep = params.has("after") || params.has("before");
  if (before === null && after === null && !isDeep) return null;
  return (
    <nav aria-label="Pages" className="flex flex-wrap justify-end gap-2">
      {isDeep && <ButtonLink to={linkTo({})}>First</ButtonLink>}
      {before !== null && <ButtonLink to={linkTo({ before })}>Previous</ButtonLink>}
      {after !== null && <ButtonLink to={linkTo({ after })}>Next</ButtonLink>}
    </nav>
  );
}
