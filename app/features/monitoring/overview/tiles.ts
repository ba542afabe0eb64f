import { count, dollars, percent, plural } from "~/features/format";
import { figure } from "~/features/monitoring/figure";
import type { Newest } from "./read-newest.server";

/** One number of the overview. */
export type Tile = {
  label: string;
  /** As it is printed; "–" while it was not measured. */
  value: string;
  note: string;
  /** Its list. */
  to: string;
  /** The number that its list shows, which stands in `value` or `note`; null: not measured yet. */
  listed: number | null;
  /** When it was measured; null: now, or not yet. */
  at: Date | null;
};

type Counted = { images: number; to: string };

/** What the checks last found; null each: not measured yet. */
export type Measured = {
  coverage: Newest<unknown> | null;
  images: Newest<{ all: Counted; unlabeled: Counted }> | null;
  owners: Newest<{ images: number; unowned: number }> | null;
  thumbnails: Newest<{ missing: number; isBackfilling: boolean }> | null;
  groupAudit: Newest<{ roots: { name: string; asOf: number | null; findings: number }[] }> | null;
  spend: Newest<{ spentUsd: number; reservedUsd: number; budgetUsd: number | null }> | null;
};

type Work = { runs: number; done: number; planned: number };

/** The addresses of lists that one check alone counts. */
const lists = {
  unowned: "/images?unowned=yes",
  thumbnails: "/images?thumbnail=due",
  inProgress: "/job-runs?status=in-progress",
  spend: "/monitoring#spend",
};

/** Six numbers, each leading to the list that shows it; one more for each further attribute root. */
export function tilesOf(measured: Measured, work: Work): Tile[] {
  const { images, owners, thumbnails, spend } = measured;
  return [
    coverageTile(measured),
    {
      ...unmeasured("No owner", lists.unowned),
      ...(owners && {
        ...countOf(owners.reading.unowned, owners.at),
        note: `${percent(owners.reading.unowned, owners.reading.images)} of ${plural(owners.reading.images, "image")}`,
      }),
    },
    {
      ...unmeasured("Missing thumbnails", lists.thumbnails),
      ...(thumbnails && {
        ...countOf(thumbnails.reading.missing, thumbnails.at),
        note: thumbnails.reading.isBackfilling
          ? "a backfill is under way"
          : images
            ? `of ${plural(images.reading.all.images, "image")}`
            : "of readable images",
      }),
    },
    ...findingTiles(measured),
    {
      label: "Work in progress",
      value: work.runs === 0 ? "None" : plural(work.runs, "run"),
      note: work.planned > 0 ? `${count(work.done)} of ${plural(work.planned, "item")}` : "nothing is waiting",
      to: lists.inProgress,
      listed: work.runs,
      at: null,
    },
    { ...unmeasured("Spent this month", lists.spend), ...(spend && spendOf(spend)) },
  ];
}

const unmeasured = (label: string, to: string): Tile => ({
  label,
  to,
  value: "–",
  note: "not measured yet",
  listed: null,
  at: null,
});

const countOf = (found: number, at: Date) => ({ value: count(found), listed: found, at });

/** Its list has the images that lack a label: coverage itself is a share of labels. */
function coverageTile({ coverage, images }: Measured): Tile {
  const blank = unmeasured("Coverage", images?.reading.unlabeled.to ?? "/images");
  if (!coverage || !images) return blank;
  const lacking = images.reading.unlabeled.images;
  return {
    ...blank,
    value: figure(coverage.value ?? 0, "percent"),
    note: `${plural(lacking, "image")} ${lacking === 1 ? "lacks" : "lack"} a label`,
    listed: lacking,
    at: images.at,
  };
}

function findingTiles({ groupAudit }: Measured): Tile[] {
  const roots = groupAudit?.reading.roots ?? [];
  if (!groupAudit || roots.length === 0) return [unmeasured("Open findings", "/attribute-groups")];
  return roots.map(({ name, asOf, findings }) => ({
    label: roots.length === 1 ? "Open findings" : `Open findings of ${name}`,
    note: asOf === null ? "never audited" : "of the attribute groups",
    to: `/attribute-groups?root=${encodeURIComponent(name)}`,
    ...countOf(findings, groupAudit.at),
  }));
}

function spendOf({ at, reading }: NonNullable<Measured["spend"]>) {
  const { spentUsd, reservedUsd, budgetUsd } = reading;
  const total = spentUsd + reservedUsd;
  const of = budgetUsd === null ? "on model calls" : `of ${dollars(budgetUsd)}`;
  const note = reservedUsd > 0 ? `${of}, ${dollars(reservedUsd)} of it reserved` : of;
  return { value: dollars(total), note, listed: total, at };
}
