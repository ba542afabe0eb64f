import { plural } from "~/features/format";
import type { OwnerNames } from "~/features/images/query/image-words";

type Counted = { images: number; to: string };

/** What one owner has, or several, or no one, and the list of it. */
export type Holding = Counted & {
  label: string;
  isOwned: boolean /** Null: not measured yet. */;
  bytes: number | null;
};

/** Whose the images are, as it was last measured. */
export type OwnersView = {
  images: number;
  /** The owners with the most first, then the others together, then what belongs to no one. */
  holdings: Holding[];
  /** Lists of images of whomever; null: not measured yet. */
  all: Counted | null;
  unreadable: Counted | null;
  archived: number;
};

type Reading = {
  images: number;
  unowned: number;
  owners: { ownerId: string; images: number; bytes: number | null }[];
  others: { owners: number; images: number; bytes: number | null };
  unownedBytes: number | null;
};

/** The holdings of a reading; an owner without a name is called by its id. */
export function holdingsOf({ unowned, owners, others, unownedBytes }: Reading, names: OwnerNames): Holding[] {
  const named = owners.map(({ ownerId, images, bytes }) => ({
    label: names.get(ownerId) ?? ownerId,
    images,
    bytes,
    to: `/images?${new URLSearchParams({ owner: ownerId })}`,
    isOwned: true,
  }));
  const rest = {
    label: plural(others.owners, "other owner"),
    ...{ images: others.images, bytes: others.bytes, to: "/owners", isOwned: true },
  };
  const none = {
    label: "No owner",
    ...{ images: unowned, bytes: unownedBytes, to: "/images?unowned=yes", isOwned: false },
  };
  return [...named, ...(others.owners > 0 ? [rest] : []), ...(unowned > 0 ? [none] : [])];
}
