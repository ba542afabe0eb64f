import { jobKinds } from "~/features/job-kinds.server";
import { withPages } from "~/features/job-runs/kinds/job";
import { hasRole, type Role } from "~/features/operators/role";
import type { Db } from "~/ports/db.server";

const ofOwner = (subject: string) => `/owners?${new URLSearchParams({ text: subject.slice("owner:".length) })}`;

/**
 * Where what entries are about ("run:12", "schedule:index-images", "owner:u-1", "prompt:3", "operator:2", "token:3") can be looked at,
 * by subject, as far as it has a page that the role may see.
 */
export async function readSubjectPages(
  { db }: { db: Db },
  subjects: string[],
  role: Role,
): Promise<Map<string, string>> {
  const runIds = subjects.filter((subject) => subject.startsWith("run:")).map((subject) => Number(subject.slice(4)));
  const runs = await db.jobRun.findMany({ where: { id: { in: runIds } }, select: { id: true, kind: true } });
  return new Map([
    ...subjects
      .filter((subject) => subject.startsWith("owner:"))
      .map((subject) => [subject, ofOwner(subject)] as const),
    ...subjects.filter((subject) => subject.startsWith("schedule:")).map((subject) => [subject, "/schedules"] as const),
    ...subjects.filter((subject) => subject.startsWith("model:")).map((subject) => [subject, "/model-quotas"] as const),
    ...subjects
      .filter((subject) => subject.startsWith("prompt:"))
      .map((subject) => [subject, `/prompts/${subject.slice("prompt:".length)}`] as const),
    ...(hasRole(role, "admin") ? subjects.filter((subject) => subject.startsWith("operator:")) : []).map(
      (subject) => [subject, "/operators"] as const,
    ),
    ...(hasRole(role, "admin") ? subjects.filter((subject) => subject.startsWith("token:")) : []).map(
      (subject) => [subject, "/api-tokens"] as const,
    ),
    ...withPages(jobKinds, runs).map(({ id, page }) => [`run:${id}`, page] as const),
  ]);
}
