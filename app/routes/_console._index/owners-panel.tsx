import { Link } from "@remix-run/react";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import { bytes, count, percent, plural } from "~/features/format";
import type { Holding, OwnersView } from "~/features/monitoring/overview/owners-view";

/** Whose the images are: the owners with the most, the others together, and what belongs to no one. */
export function OwnersPanel({ owners }: { owners: OwnersView | null }) {
  if (owners === null || owners.images === 0) return null;
  const { images, holdings, all, unreadable, archived } = owners;
  const most = Math.max(...holdings.map((holding) => holding.images), 1);
  return (
    <Panel
      title="Images by owner"
      aside={
        <span className="flex flex-wrap gap-x-3 text-sm">
          {all && <TextLink to={all.to}>{plural(all.images, "image")}</TextLink>}
          {unreadable && unreadable.images > 0 && (
            <TextLink to={unreadable.to}>{count(unreadable.images)} cannot be decoded</TextLink>
          )}
          <TextLink to="/storage">Storage</TextLink>
          {archived > 0 && <span className="text-muted">{count(archived)} archived</span>}
        </span>
      }
    >
      <ul className="space-y-1">
        {holdings.map((holding) => (
          <li key={holding.to}>
            <OwnerBar holding={holding} most={most} of={images} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OwnerBar({ holding, most, of }: { holding: Holding; most: number; of: number }) {
  const { label, images, bytes: held, to } = holding;
  return (
    <Link
      to={to}
      className="-mx-1 grid grid-cols-[minmax(0,10rem)_1fr_auto] items-center gap-3 rounded-md px-1 py-1 text-sm -outline-offset-2 hover:bg-hover max-sm:min-h-11 max-sm:grid-cols-[minmax(0,1fr)_auto]"
    >
      <span className="truncate" title={label}>
        {label}
      </span>
      <span aria-hidden className="h-2 max-sm:hidden">
        <span
          className={`block h-full rounded-[2px] ${holding.isOwned ? "bg-accent" : "bg-line-strong"}`}
          style={{ width: `${(images / most) * 100}%` }}
        />
      </span>
      <span className="text-right tabular-nums">
        {count(images)}{" "}
        <span className="text-muted">
          {percent(images, of)}
          {held !== null && ` · ${bytes(held)}`}
        </span>
      </span>
    </Link>
  );
}
