import { Link } from "@remix-run/react";
import type { Column } from "~/components/lists/table";
import { Time } from "~/components/time";
import { Button } from "~/components/ui/forms/button";
import { bytes, count } from "~/features/format";
import type { OwnerRow } from "~/features/owners/owner-order";
import type { OpenDialog } from "./owner-dialogs";

const imagesOf = ({ id }: OwnerRow) => `/images?${new URLSearchParams({ owner: id })}`;

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
    cell: ({ images }) => <span className={images === 0 ? "text-muted" : undefined}>{count(images)}</span>,
  },
  {
    header: "Size",
    align: "end",
    cell: (owner) => <span className={owner.bytes === 0 ? "text-muted" : undefined}>{bytes(owner.bytes)}</span>,
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
      {(["rename", "merge"] as const).map((kind) => (
        <Button key={kind} onClick={() => open({ kind, owner })}>
          <span>
            {kind === "rename" ? "Rename" : "Merge"}
            <span className="sr-only"> {owner.name}</span>…
          </span>
        </Button>
      ))}
    </span>
  ),
});
