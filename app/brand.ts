/** Everything that names the product; change it here and nowhere else. */
export const brand = {
  /** The word mark on the sign-in page and in the rail. */
  wordMark: "Diffs",
  /** What the rail shows when there is only room for a letter, and what the favicon draws. */
  letterMark: "D.",
  /** The document title. */
  title: "Diffs Image Agent",
} as const;

/** "Jobs · Diffs Image Agent"; the product alone on the overview. */
export const pageTitle = (page?: string) => (page ? `${page} · ${brand.title}` : brand.title);
