/** The kinds that start with one press. Scans change no image and apply their own plan; the rest waits to be read. */
export const startableKinds = ["index-images", "audit-groups", "backfill-thumbnails"] as const;

export type StartableKind = (typeof startableKinds)[number];
