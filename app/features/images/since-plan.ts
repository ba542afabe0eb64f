/** The outcome of an item whose image is no longer what its plan saw. */
export const changedSincePlan = { outcome: "skipped", reason: "This image changed since the plan was made." } as const;

/** The outcome of an item whose image is there no more. */
export const goneSincePlan = { outcome: "skipped", reason: "This image is gone since the plan was made." } as const;

/** The outcome of an item whose image has another key than its plan saw. */
export const movedSincePlan = { outcome: "skipped", reason: "This image was moved since the plan was made." } as const;
