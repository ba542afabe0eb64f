/** Where a run is looked at: a label run has a page of its own. */
export const runPath = ({ id, kind }: { id: number; kind: string }) =>
  `/${kind === "label-run" ? "label-runs" : "job-runs"}/${id}`;
