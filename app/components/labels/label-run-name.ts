/** “Label run 4 · Personas v1”; the version is null until it is chosen, when the run is planned. */
export const labelRunName = (runId: number, prompt: string, version: number | null) =>
  `Label run ${runId} · ${prompt}${version === null ? "" : ` v${version}`}`;
