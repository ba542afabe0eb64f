import { Link } from "@remix-run/react";
import { StartRunForm } from "~/components/runs/start-run-form";
import { Time } from "~/components/time";
import { Status } from "~/components/ui/status";
import type { Tile } from "~/features/monitoring/overview/tiles";

type NumbersProps = {
  tiles: Tile[];
  /** When the oldest of them was measured; null: none was. */
  measuredAt: Date | null;
  /** A run ended since, so that its list may show another number by now. */
  isOutdated: boolean;
  /** They are being measured. */
  isMeasuring: boolean;
};

/** The numbers that the checks measured, each leading to its list. */
export function Numbers({ tiles, measuredAt, isOutdated, isMeasuring }: NumbersProps) {
  return (
    <section aria-label="Numbers" className="space-y-2">
      <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-3 xl:grid-cols-6">
        {tiles.map(({ label, value, note, to }) => (
          <li key={label} className="bg-surface">
            <Link to={to} className="flex h-full flex-col gap-1 p-4 -outline-offset-2 hover:bg-hover">
              <span className="text-sm text-muted">{label}</span>
              <span className="text-xl font-semibold tabular-nums">{value}</span>
              <span className="text-xs text-muted tabular-nums">{note}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        {measuredAt === null ? (
          <span>A worker measures these numbers every half hour.</span>
        ) : (
          <span>
            Measured <Time at={measuredAt} />
          </span>
        )}
        {isOutdated && !isMeasuring && <Status tone="idle">Work has ended since; lists may show other numbers</Status>}
        <StartRunForm kind="run-checks" isRunning={isMeasuring} returnTo="/">
          {measuredAt === null ? "Measure now" : "Measure again"}
        </StartRunForm>
      </div>
    </section>
  );
}
