import type { FoundReference } from "./import-generations";

type Row = { imageId: number | null; key: string; etag: string | null };

/** How the items of an import keep a reference. */
export const toFoundReference = ({ imageId, key, etag }: Row): FoundReference =>
  imageId === null || etag === null ? { told: key } : { imageId, key, etag };

/** How the database keeps it. */
export const toReferenceRow = (reference: FoundReference): Row =>
  "told" in reference ? { imageId: null, key: reference.told, etag: null } : reference;
