import { Link } from "@remix-run/react";
import { Check, ChevronDown, X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "~/components/ui/cx";
import { Popover } from "~/components/ui/popover";
import { TextLink } from "~/components/ui/text-link";

type FilterProps = {
  /** What it filters by: “Kind”. */
  label: string;
  /** What it is set to, in words; null: it lets everything through. */
  value: string | null;
  /** The address without it. */
  clearTo: string;
  children: ReactNode;
};

const partClass = "flex h-full items-center -outline-offset-2 hover:bg-hover";

/** One filter of a list: it opens its choices, and one that is set can be removed with one press. */
export function Filter({ label, value, clearTo, children }: FilterProps) {
  return (
    <div
      className={cx(
        "inline-flex h-8 max-w-full min-w-0 items-center overflow-hidden rounded-md border text-sm max-sm:h-11.5",
        value === null ? "border-dashed border-line-strong text-muted" : "border-line-strong bg-surface",
      )}
    >
      <Popover
        label={label}
        onOpenAutoFocus={focusFirstChoice}
        className="max-h-80 w-max max-w-72 min-w-48 p-1"
        trigger={
          <button type="button" className={cx(partClass, "min-w-0 gap-1.5 px-2.5")}>
            <span className={cx(value !== null && "text-muted")}>{label}</span>
            {value !== null && <span className="truncate font-medium">{value}</span>}
            <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
          </button>
        }
      >
        {children}
      </Popover>
      {value !== null && (
        <Link
          to={clearTo}
          preventScrollReset
          aria-label={`Remove filter: ${label} ${value}`}
          title="Remove"
          className={cx(
            partClass,
            "border-l border-line shrink-0 px-2 text-muted hover:text-ink max-sm:w-11 max-sm:justify-center max-sm:px-0",
          )}
        >
          <X aria-hidden className="size-3.5" />
        </Link>
      )}
    </div>
  );
}

/** Radix would pass the links over, for the first field. */
function focusFirstChoice(event: Event) {
  const first = event.target instanceof HTMLElement && event.target.querySelector("a, input:not([type=hidden])");
  if (!(first instanceof HTMLElement)) return;
  event.preventDefault();
  first.focus();
}

export type FilterChoice = { label: string; to: string; isCurrent: boolean };

/** The choices of a filter. They are links, because the URL is the state. */
export function FilterChoices({ choices }: { choices: FilterChoice[] }) {
  return (
    <ul>
      {choices.map((choice) => (
        <li key={choice.to}>
          <Link
            to={choice.to}
            preventScrollReset
            aria-current={choice.isCurrent || undefined}
            className="flex min-h-8 items-center justify-between gap-3 rounded-md px-2 py-1 text-sm -outline-offset-2 hover:bg-hover max-sm:min-h-11"
          >
            <span className="min-w-0 [overflow-wrap:anywhere]">{choice.label}</span>
            {choice.isCurrent && <Check aria-hidden className="size-4 shrink-0 text-muted" />}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Filters in a row, with a way to be rid of all of them at once. */
export function Filters({ clearTo, children }: { clearTo: string | null; children: ReactNode }) {
  return (
    <search aria-label="Filters" className="flex min-w-0 flex-wrap items-center gap-2">
      {children}
      {clearTo !== null && (
        <TextLink to={clearTo} preventScrollReset className="ml-1 text-sm">
          Remove all
        </TextLink>
      )}
    </search>
  );
}
