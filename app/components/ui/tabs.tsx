import { Link } from "@remix-run/react";
import { count } from "~/features/format";
import { cx } from "./cx";

export type TabLink = { label: string; to: string; isCurrent: boolean; count?: number };

/** Tabs are links, because the URL is the state: each one can be sent to a colleague and works without script. */
export function TabLinks({ label, tabs }: { label: string; tabs: TabLink[] }) {
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.label}>
            <Link
              to={tab.to}
              preventScrollReset
              aria-current={tab.isCurrent ? "page" : undefined}
              className={cx(
                "flex h-10 min-w-11 items-center justify-center gap-1.5 border-b-2 px-3 text-sm font-medium whitespace-nowrap -outline-offset-2 max-sm:h-11",
                tab.isCurrent ? "border-ink text-ink" : "border-transparent text-muted hover:text-ink",
              )}
            >
              {tab.label}
              {tab.count !== undefined && <span className="text-xs text-muted tabular-nums">{count(tab.count)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
