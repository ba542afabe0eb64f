import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { type Jobs, requireJob } from "~/features/job-runs/kinds/job";
import { quote } from "~/quote";
import type { RunDeps } from "./change-status.server";
import { startRun } from "./start-run.server";

/**
 * Starts a run of a kind that one press starts, over everything: the whole bucket, every root, whatever lacks a thumbnail.
 * @throws DomainError "invalid" for a kind that is unknown, or that wants answers first
 */
export async function startKind(
  deps: RunDeps,
  jobs: Jobs,
  { kind, actor }: { kind: string; actor: Actor },
): Promise<{ runId: number }> {
  const { definition } = requireJob(jobs, kind);
  const { title, start } = definition;
  if (!start) throw new DomainError("invalid", `${quote(title)} does not start with one press.`);
  return startRun(deps, definition, { payload: start.payload, actor, autoApply: start.autoApply });
}

/** The kinds that one press starts, with what the button says. */
export const listStarts = (jobs: Jobs): { kind: string; label: string }[] =>
  [...jobs.values()].flatMap(({ definition: { kind, start } }) => (start ? [{ kind, label: start.label }] : []));
