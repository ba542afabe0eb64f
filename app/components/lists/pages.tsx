import { useLocation } from "@remix-run/react";
import { ButtonLink } from "~/components/ui/forms/button";
import { count } from "~/features/format";

type PagesProps = { page: number; pageSize: number; total: number };

/** Which part of a long list this is, and the way to its neighbours; the page is in the URL. */
export function Pages({ page, pageSize, total }: PagesProps) {
  const { pathname, search } = useLocation();
  if (total <= pageSize && page === 1) return null;
  const lastPage = Math.max(1, Math.ceil(total / pageSize));
  const first = Math.min((page - 1) * pageSize + 1, total);
  const toPage = (target: number) => {
    const params = new URLSearchParams(search);
    params.set("page", String(target));
    return `${pathname}?${params}`;
  };
  return (
    <nav
      aria-label="Pages"
      className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-2"
    >
      <p className="text-sm text-muted tabular-nums">
        {count(first)}–{count(Math.min(page * pageSize, total))} of {count(total)}
      </p>
      <div className="flex gap-2">
        {page > 1 && <ButtonLink to={toPage(page - 1)}>Previous</ButtonLink>}
        {page < lastPage && <ButtonLink to={toPage(page + 1)}>Next</ButtonLink>}
      </div>
    </nav>
  );
}
