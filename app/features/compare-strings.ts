/** Strings in the order of their code units, for `sort`. */
export const compareStrings = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
