import type { ImageKind, UNTRACKED_PREFIXES } from "~/features/images/key-layout";

/** What lies below the prefixes of what the console makes or keeps itself. */
export const kindsBelow = {
  "backups/": "backup",
  "incoming/": "incoming",
  "labels/": "labels",
  "originals/": "original",
  "thumbnails/": "thumbnail",
  "trash/": "trash",
} as const satisfies Record<(typeof UNTRACKED_PREFIXES)[number], string>;

type OwnKind = (typeof kindsBelow)[keyof typeof kindsBelow] | "folder";

/** What an object is to the console: an image of some kind, or what it makes and keeps itself. */
export type StorageKind = ImageKind | OwnKind;

/** Kinds of objects that have no row in the image index. */
export const ownKinds: readonly StorageKind[] = [...Object.values(kindsBelow), "folder"];

/** By what a snapshot counts; each but “owner” and “article”, which are of images alone, covers the whole bucket. */
export const dimensions = ["kind", "owner", "root", "format", "article", "class"] as const;
export type Dimension = (typeof dimensions)[number];

/** The storage class of what lies in none that is named. */
export const STANDARD = "STANDARD";

export const kindWords: Record<StorageKind, string> = {
  generated: "Generated",
  upload: "Uploads",
  reference: "References",
  other: "Other objects",
  thumbnail: "Thumbnails",
  trash: "Trash",
  backup: "Backups",
  labels: "Exported labels",
  incoming: "Incoming",
  original: "Originals of converted images",
  folder: "Folder markers",
};
