/** The file of a DATABASE_URL: "file:./data/ops.db" → "./data/ops.db" */
export const fileOfDatabase = (url: string): string => url.replace(/^file:/, "");
