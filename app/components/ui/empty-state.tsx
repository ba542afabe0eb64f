import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type EmptyStateProps = {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  action?: ReactNode /** The title is the page's own. */;
  isPage?: boolean;
};

/** Says what will be here, and how to begin. */
export function EmptyState({ icon: Icon, title, children, action, isPage }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      <span className="mb-4 grid size-10 place-items-center rounded-md border border-line bg-sunken text-muted">
        <Icon aria-hidden className="size-5" />
      </span>
      {isPage ? <h1 className="text-lg">{title}</h1> : <h2 className="text-lg">{title}</h2>}
      <div className="mt-1 max-w-[52ch] text-pretty text-muted">{children}</div>
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
