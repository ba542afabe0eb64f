/** From least to most: each may do all that those before it may. */
export const roles = ["viewer", "operator", "admin"] as const;

export type Role = (typeof roles)[number];

/** True when `role` may do what `needed` may. */
export const hasRole = (role: Role, needed: Role) => roles.indexOf(role) >= roles.indexOf(needed);

/** The role that may do less. */
export const lowerOf = (one: Role, other: Role): Role => (hasRole(one, other) ? other : one);

/** The role of a stored word; one that no longer exists may only look. */
export const parseRole = (word: string): Role => roles.find((role) => role === word) ?? "viewer";
