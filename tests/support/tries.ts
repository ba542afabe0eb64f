/** How often a test of chance tries: `few` in npm test; `many` with THOROUGH=1, as .ci/long has it. */
export const tries = (few: number, many: number): number => (process.env.THOROUGH === "1" ? many : few);
