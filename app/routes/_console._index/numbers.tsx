import { Link } from "@remix-run/react";
import { count, dollars, percent, plural } from "~/features/format";
import type { readOverview } from "~/features/monitoring/read-overview.server";

type Overview = Awaited<ReturnType<typeof readOverview>>;
type Entry = { label: string; value: string; note: string; to: string };

/** Six numbers, each leading to its list. */
export function Numbers({ overview }: { overview: Overview }) {
  const {
    images,
    unreadable,
    archived,
    missingThumbnails,
    proposed,
    findings,
    work,
    spentUsd,
    reservedUsd,
    finishedKinds,
  } = overview;
  const toLastRun = (kind: string) => {
    const last = finishedKinds.find((finished) => finished.kind === kind);
    return last ? `/job-runs/${last.lastRunId}` : "/job-runs";
  };
  const entries: Entry[] = [
    {
      label: "Images",
      value: count(images),
      note:
        images === 0
          ? "none indexed yet"
          : [
              unreadable > 0 && `${count(unreadable)} cannot be read`,
              archived > 0 && `${count(archived)} archived`,
              unreadable + archived === 0 && "none known to be damaged",
            ]
              .filter(Boolean)
              .join(", "),
      to: toLastRun("index-images"),
    },
    {
      label: "Open findings",
      value: count(findings.total),
      note: `in ${plural(findings.subjects, "place")}`,
      to: "/attribute-groups",
    },
    {
      label: "Missing thumbnails",
      value: count(missingThumbnails),
      note: `of ${plural(images, "image")}`,
      to: toLastRun("backfill-thumbnails"),
    },
    {
      label: "Have a proposal",
      value: percent(proposed, images),
      note: `${count(proposed)} of ${plural(images, "image")}`,
      to: "/label-runs",
    },
    {
      label: "Work in progress",
      value: work.runs === 0 ? "None" : plural(work.runs, "run"),
      note: work.planned > 0 ? `${count(work.done)} of ${plural(work.planned, "item")}` : "nothing is waiting",
      to: "/job-runs",
    },
    {
      label: "Spent this month",
      value: dollars(spentUsd),
      note: reservedUsd > 0 ? `on model calls, and ${dollars(reservedUsd)} reserved` : "on model calls",
      to: "/label-runs",
    },
  ];
  return (
    <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-3 xl:grid-cols-6">
      {entries.map((entry) => (
        <li key={entry.label} className="bg-surface">
          <Link to={entry.to} className="flex h-full flex-col gap-1 p-4 -outline-offset-2 hover:bg-hover">
            <span className="text-sm text-muted">{entry.label}</span>
            <span className="text-xl font-semibold tabular-nums">{entry.value}</span>
            <span className="text-xs text-muted tabular-nums">{entry.note}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
