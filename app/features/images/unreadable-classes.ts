/** Why bytes are no picture that can be used, to group by (see `toThumbnail`). */
export const unreadableClasses = [
  "not-an-image",
  "undecodable",
  "unsupported",
  "too-large",
  "too-slow",
  "empty",
] as const;

export type UnreadableClass = (typeof unreadableClasses)[number];
