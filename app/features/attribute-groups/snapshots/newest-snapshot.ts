/**
 * The one way to ask for the newest snapshot of a root – or the newest one before another – with what is wanted of it:
 * `db.groupSnapshot.findFirst({ ...newestOf(root), select: { asOf: true } })`.
 */
export function newestOf(root: string, { before }: { before?: number } = {}) {
  return { where: { root, ...(before !== undefined && { id: { lt: before } }) }, orderBy: { id: "desc" } } as const;
}
