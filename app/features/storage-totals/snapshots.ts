/** Snapshots that are whole: others are still being counted. */
export const isFinished = { finishedAt: { not: null } } as const;

/** The one way to ask for the newest snapshot. */
export const newestSnapshot = { where: isFinished, orderBy: { id: "desc" } } as const;
