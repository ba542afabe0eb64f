import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  Info,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

/** A state's colour always comes with its icon and its word. */
export type Tone = "good" | "warn" | "bad" | "busy" | "info" | "idle";

const tones: Record<Tone, { icon: LucideIcon; className: string }> = {
  good: { icon: CircleCheck, className: "text-good" },
  warn: { icon: TriangleAlert, className: "text-warn" },
  bad: { icon: CircleAlert, className: "text-bad" },
  busy: { icon: LoaderCircle, className: "text-accent [&>svg]:animate-spin" },
  info: { icon: Info, className: "text-muted" },
  idle: { icon: CircleDashed, className: "text-muted" },
};

export function Status({ tone, children, className }: { tone: Tone; children: ReactNode; className?: string }) {
  const { icon: Icon, className: color } = tones[tone];
  return (
    <span className={cx("inline-flex items-baseline gap-1.5 text-sm font-medium", color, className)}>
      <Icon aria-hidden className="size-3.5 shrink-0 self-center" />
      {children}
    </span>
  );
}

/** A short neutral remark that is no state: “local S3”. */
export function Badge({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={cx(
        "inline-flex h-6 items-center gap-1.5 rounded-md border border-line px-2 text-xs font-medium whitespace-nowrap text-muted",
        className,
      )}
    >
      {children}
    </span>
  );
}
