import { useSearchParams } from "@remix-run/react";
import { useSearchLink } from "~/components/lists/use-search-link";
import { Button, ButtonLink } from "~/components/ui/forms/button";

/** Without script, the way to the pages beside this one, and back to the first. */
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

/** The same for the keyboard in a list without pages, which shows it when it has the focus: by what is in sight. */
export const MoveOn = ({ previous, next }: { previous(): void; next(): void }) => (
  <nav aria-label="Pages" className="sr-only justify-end gap-2 focus-within:not-sr-only focus-within:flex">
    <Button onClick={previous}>Previous images</Button>
    <Button onClick={next}>Next images</Button>
  </nav>
);
