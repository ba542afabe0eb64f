import { Link } from "@remix-run/react";
import { ChevronRight } from "lucide-react";

/** The last one's `to` is where to go on from an address that the page cannot take. */
export type Crumb = { label: string; to?: string };

/** The way here; the last one is the page itself. */
export function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map((crumb, index) => (
          <li
            key={crumb.label}
            className={
              index < crumbs.length - 1 ? "flex shrink-0 items-center gap-1 max-sm:hidden" : "min-w-0 truncate"
            }
          >
            {crumb.to && index < crumbs.length - 1 ? (
              <>
                <Link to={crumb.to} className="rounded-md px-1 text-muted hover:text-ink">
                  {crumb.label}
                </Link>
                <ChevronRight aria-hidden className="size-3.5 text-muted" />
              </>
            ) : (
              <span aria-current="page" className="px-1 font-medium">
                {crumb.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
