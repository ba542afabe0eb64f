/** The outcome of an item whose image is no longer what its plan saw. */
export const changedSincePlan = { outcome: "skipped", reason: "This image changed since the plan was made." } as const;

/** The outcome of an item whose image is there no more. */
export const goneSincePlan = { outcome: "skipped", reason: "This image is gone since the plan was made." } as const;
