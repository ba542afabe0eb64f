/**
 * Where a generation's page is. Ids are the image agent's own and may be any text; those that an address cannot hold, or that name
 * another page, get a “~” in front.
 */
export const generationPath = (id: string): string => `/generations/${encodeURIComponent(slugOf(id))}`;

/** The id that the last part of such an address, decoded, stands for. */
export const generationIdFromSlug = (slug: string): string => (slug.startsWith("~") ? slug.slice(1) : slug);

const slugOf = (id: string) => (["", ".", "..", "compare"].includes(id) || id.startsWith("~") ? `~${id}` : id);

/** Where generations stand side by side. */
export const comparePath = (ids: readonly string[]): string =>
  `/generations/compare?${new URLSearchParams(ids.map((id) => ["ids", id]))}`;
