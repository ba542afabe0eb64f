/** Where a run puts what shall be in the way no more: never deleted, and put back by the run's undo. */
export const trashKey = (runId: number, key: string) => `trash/run-${runId}/${key}`;
