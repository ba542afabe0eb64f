/** Classes that a listing shows to be archived; all others it may be in, only reading it tells. */
export const LISTED_ARCHIVE_CLASSES = ["GLACIER", "DEEP_ARCHIVE"];

/** An object that a listing, or the attempt to read it, showed to be archived. */
export const archiveName = (storageClass: string | null) => storageClass ?? "unknown";

/** “Archived (GLACIER)” */
export const archivedIn = (archivedAs: string) => (archivedAs === "unknown" ? "Archived" : `Archived (${archivedAs})`);

/** What a plan says that leaves archived images out, where there are any. */
export const archivedLeftOut = (images: number) =>
  images > 0 ? [{ what: "Archived, left out until restored in the store", count: images }] : [];
