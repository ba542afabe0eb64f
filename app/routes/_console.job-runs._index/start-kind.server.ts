import type { StartableKind } from "~/components/runs/startable";
import type { Actor } from "~/features/audit-log/record-event";
import { jobDefinitions } from "~/features/job-definitions";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { Ports } from "~/ports/index.server";

type Deps = Pick<Ports, "db" | "clock">;

/** Starts a run over everything: the whole bucket, every root, whatever lacks a thumbnail. */
export function startKind(deps: Deps, kind: StartableKind, actor: Actor): Promise<{ runId: number }> {
  switch (kind) {
    case "index-images":
      return startRun(deps, jobDefinitions[kind], { payload: { prefix: "" }, actor, autoApply: true });
    case "audit-groups":
      return startRun(deps, jobDefinitions[kind], { payload: { root: null }, actor, autoApply: true });
    case "backfill-thumbnails":
      return startRun(deps, jobDefinitions[kind], { payload: { force: false }, actor });
  }
}
