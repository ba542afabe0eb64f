import type { ReactNode } from "react";
import { cx } from "./cx";

type PageProps = {
  title: ReactNode;
  /** One line under the title: state, who, when. */
  meta?: ReactNode;
  actions?: ReactNode;
  /** Reading has one width; grids and tables take all there is. */
  width?: "reading" | "full";
  children: ReactNode;
};

export function Page({ title, meta, actions, width = "full", children }: PageProps) {
  return (
    <div className={cx("flex flex-col gap-4 p-4 sm:p-6", width === "reading" && "max-w-[860px]")}>
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl break-words">{title}</h1>
          {meta && <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">{meta}</div>}
        </div>
        {/* A role may be offered none of them. */}
        {actions && <div className="flex flex-wrap items-center gap-2 empty:hidden">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
