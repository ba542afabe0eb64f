import type { ImageKind } from "~/features/images/key-layout";

/** What an object is to the console: an image of some kind, or what it makes and keeps itself. */
export type StorageKind = ImageKind | "thumbnail" | "trash" | "backup" | "labels" | "incoming" | "original" | "folder";

/** Kinds of objects that have no row in the image index. */
export const ownKinds: readonly StorageKind[] = [
  "thumbnail",
  "trash",
  "backup",
  "labels",
  "incoming",
  "original",
  "folder",
];

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
