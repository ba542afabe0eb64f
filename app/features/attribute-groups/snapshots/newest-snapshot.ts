/**
 * While a snapshot's groups are being written, piece by piece, it is of a root that no one asks for; names of roots have no space
 * at their ends.
 */
export const unfinishedOf = (root: string) => `\n${root}`;

/** Roots with snapshots that are whole. */
export const isFinished = { root: { not: { startsWith: "\n" } } } as const;

/**
 * The one way to ask for the newest snapshot of a root – or the newest one before another – with what is wanted of it:
 * `db.groupSnapshot.findFirst({ ...newestOf(root), select: { asOf: true } })`.
 */
export function newestOf(root: string, { before }: { before?: number } = {}) {
  return { where: { root, ...(before !== undefined && { id: { lt: before } }) }, orderBy: { id: "desc" } } as const;
}
