import { Link, NavLink, useLocation } from "@remix-run/react";
import { brand } from "~/brand";
import { useRole } from "~/components/operator";
import { cx } from "~/components/ui/cx";
import { navigationFor } from "./navigation";
import { type WorkInProgress, WorkInProgressLink } from "./work-in-progress";

const entryClass = (isActive: boolean, isWide: boolean) =>
  cx(
    "flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm max-sm:h-11 [&_svg]:size-4 [&_svg]:shrink-0",
    !isWide && "max-lg:justify-center max-lg:px-0",
    isActive ? "bg-hover font-medium text-ink" : "text-muted hover:bg-hover hover:text-ink",
  );

const isWithin = (pathname: string, to: string) => pathname === to || pathname.startsWith(`${to}/`);

type RailProps = {
  work: WorkInProgress;
  /** True in the drawer, where there is room for words at any width of the window. */
  isWide?: boolean;
  onNavigate?: () => void;
};

/** The navigation: words from 1,024 px on, icons below. */
export function Rail({ work, isWide = false, onNavigate }: RailProps) {
  const { pathname } = useLocation();
  const wordClass = isWide ? undefined : "max-lg:sr-only";
  return (
    <div className="flex h-full flex-col">
      <Link
        to="/"
        onClick={onNavigate}
        className={cx(
          "flex h-12 shrink-0 items-center px-4.5 text-lg font-semibold tracking-tight -outline-offset-4",
          !isWide && "max-lg:justify-center max-lg:px-0",
        )}
      >
        <span className={isWide ? undefined : "max-lg:hidden"}>{brand.wordMark}</span>
        {!isWide && (
          <span className="lg:hidden">
            <span aria-hidden>{brand.letterMark}</span>
            <span className="sr-only">{brand.wordMark}</span>
          </span>
        )}
      </Link>
      <nav aria-label="Main" className="flex grow flex-col gap-4 overflow-y-auto px-2 py-2">
        {navigationFor(useRole()).map(({ group, entries }) => (
          <div key={group}>
            <h2 className={cx("px-2.5 pb-1 text-xs font-medium text-muted", wordClass)}>{group}</h2>
            <ul className="flex flex-col gap-0.5">
              {entries.map(({ label, to, icon: Icon, also = [] }) => (
                <li key={to}>
                  <NavLink
                    to={to}
                    end={to === "/"}
                    onClick={onNavigate}
                    title={isWide ? undefined : label}
                    className={({ isActive }) =>
                      entryClass(isActive || also.some((page) => isWithin(pathname, page.to)), isWide)
                    }
                  >
                    <Icon aria-hidden />
                    <span className={wordClass}>{label}</span>
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <WorkInProgressLink work={work} isWide={isWide} onNavigate={onNavigate} />
    </div>
  );
}
