/** The file of the repository with all accepted labels: every server starts from it. */
export const OWN_FILE = "labels/personas.json";
