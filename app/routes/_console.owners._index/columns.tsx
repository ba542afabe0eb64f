import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Column } from "~/components/lists/table";
import { Time } from "~/components/time";
import { Button } from "~/components/ui/forms/button";
import { Status } from "~/components/ui/status";
import { bytes, count } from "~/features/format";
import type { OwnerRow } from "~/features/owners/owner-order";
import type { OpenDialog } from "./owner-dialogs";

const imagesOf = ({ id }: OwnerRow) => `/images?${new URLSearchParams({ owner: id })}`;

const verbs = { rename: "Rename", quota: "Quota", merge: "Merge" };

/** What an owner has, and whether that is more than it may. */
const Held = ({ none, isOver, children }: { none: boolean; isOver: boolean; children: ReactNode }) =>
  isOver ? (
    <Status tone="warn">
      {children}
      <span className="sr-only">, above its quota</span>
    </Status>
  ) : (
    <span className={none ? "text-muted" : undefined}>{children}</span>
  );

export const ownerColumns: Column<OwnerRow>[] = [
  {
    header: "Owner",
    isLead: true,
    cell: (owner) => (
      <span className="block py-1">
        <Link to={imagesOf(owner)} className="row-link font-medium [overflow-wrap:anywhere]">
          {owner.name}
        </Link>
        <span className="block text-sm font-normal text-muted [overflow-wrap:anywhere]">
          {[owner.id, owner.email].filter((said) => said !== null && said !== owner.name).join(" · ")}
        </span>
      </span>
    ),
  },
  {
    header: "Images",
    align: "end",
    cell: ({ images, quota }) => (
      <Held none={images === 0} isOver={quota.images !== null && images > quota.images}>
        {count(images)}
        {quota.images !== null && ` of ${count(quota.images)}`}
      </Held>
    ),
  },
  {
    header: "Size",
    align: "end",
    cell: ({ quota, ...owner }) => (
      <Held none={owner.bytes === 0} isOver={quota.bytes !== null && owner.bytes > quota.bytes}>
        {bytes(owner.bytes)}
        {quota.bytes !== null && ` of ${bytes(quota.bytes)}`}
      </Held>
    ),
  },
  {
    header: "Newest image",
    align: "end",
    cell: ({ lastImageAt }) => (
      <span className="text-muted">{lastImageAt ? <Time at={lastImageAt} /> : "No images"}</span>
    ),
  },
];

/** What an operator does with one owner. */
export const commandColumn = (open: (dialog: OpenDialog) => void): Column<OwnerRow> => ({
  header: "Actions",
  align: "end",
  cell: (owner) => (
    // Above the link that covers the row.
    <span className="relative inline-flex flex-wrap justify-end gap-2 sm:flex-nowrap py-1">
      {(["rename", "quota", "merge"] as const).map((kind) => (
        <Button key={kind} onClick={() => open({ kind, owner })}>
          <span>
            {verbs[kind]}
            <span className="sr-only"> {owner.name}</span>…
          </span>
        </Button>
      ))}
    </span>
  ),
});
