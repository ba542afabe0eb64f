import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Column } from "~/components/lists/table";
import { Time } from "~/components/time";
import { Button } from "~/components/ui/forms/button";
import { TextLink } from "~/components/ui/text-link";
import { count, plural } from "~/features/format";
import type { UnreadableClass } from "~/features/images/unreadable-classes";

export type States = {
  missing: number;
  stale: number;
  archived: number;
  unreadable: { errorClass: UnreadableClass; images: number }[];
  orphans: { runId: number; found: number; at: Date } | null;
  isBackfilling: boolean;
  isLooking: boolean;
};

type Row = {
  name: string;
  /** Null: nobody has looked yet. */
  images: number | null;
  /** The list of them. */
  to?: string;
  about: ReactNode;
  plan?: { intent: "backfill" | "retry" | "orphans"; errorClass?: UnreadableClass; label: string; isPending: boolean };
};

const classes: Record<UnreadableClass, { name: string; about: string }> = {
  "not-an-image": { name: "no picture", about: "Their bytes are no picture, whatever their names say." },
  undecodable: { name: "damaged", about: "Their data is damaged or cut off. Upload them again." },
  unsupported: {
    name: "unsupported",
    about: "A kind of picture that is not read here. Store them in another format.",
  },
  "too-large": {
    name: "too large",
    about: "They have more pixels or bytes than are read here. Store smaller versions.",
  },
  "too-slow": { name: "too slow", about: "Decoding them took too long." },
  empty: { name: "empty", about: "They have no bytes." },
};

export function toRows({ missing, stale, archived, unreadable, orphans, isBackfilling, isLooking }: States): Row[] {
  const due = missing + stale;
  return [
    {
      name: "Missing or stale",
      images: due,
      ...(due > 0 && { to: "/images?thumbnail=due" }),
      about:
        due === 0
          ? "Every image that can be read has its thumbnail."
          : `${count(missing)} missing, ${count(stale)} of former bytes`,
      ...(due > 0 && {
        plan: { intent: "backfill", label: `Plan ${plural(due, "thumbnail")}`, isPending: isBackfilling },
      }),
    },
    ...unreadable.map(
      ({ errorClass, images }): Row => ({
        name: `Unreadable: ${classes[errorClass].name}`,
        images,
        to: `/images?${new URLSearchParams({ unreadable: errorClass })}`,
        about: classes[errorClass].about,
        plan: { intent: "retry", errorClass, label: `Plan to retry ${count(images)}`, isPending: false },
      }),
    ),
    ...(archived > 0
      ? [{ name: "Archived", images: archived, about: "They can be read once someone restores them in the store." }]
      : []),
    {
      name: "Orphaned",
      images: orphans?.found ?? null,
      ...(orphans && { to: `/job-runs/${orphans.runId}` }),
      about: orphans ? (
        <>
          Thumbnails whose image is not in the bucket, as of <Time at={orphans.at} />
        </>
      ) : (
        "Thumbnails whose image is not in the bucket. Nobody has looked for them yet."
      ),
      plan: { intent: "orphans", label: "Look for orphans", isPending: isLooking },
    },
  ];
}

export function columnsOf(canAct: boolean): Column<Row>[] {
  return [
    { header: "State", cell: ({ name }) => name, isLead: true, width: 220 },
    {
      header: "Images",
      align: "end",
      width: 120,
      cell: ({ images, to }) => {
        const words = images === null ? "–" : count(images);
        return to ? <TextLink to={to}>{words}</TextLink> : words;
      },
    },
    { header: "What it means", cell: ({ about }) => about },
    ...(canAct ? [{ header: "Plan", width: 190, cell: ({ plan }: Row) => plan && <PlanButton {...plan} /> }] : []),
  ];
}

const PlanButton = ({ intent, errorClass, label, isPending }: NonNullable<Row["plan"]>) => (
  <Form method="post">
    {errorClass && <input type="hidden" name="errorClass" value={errorClass} />}
    <Button type="submit" name="intent" value={intent} pending={isPending}>
      {label}
    </Button>
  </Form>
);
