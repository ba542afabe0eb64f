import type { Jobs } from "~/features/job-runs/kinds/job";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";

/** What a run is about, as its kind says: for a link. Null where it says nothing, or the kind is not known any more. */
export async function readRunSubject(
  { db }: { db: Db },
  jobs: Jobs,
  runId: number,
): Promise<{ label: string; to: string } | null> {
  const { kind, payload } = await db.jobRun.findUniqueOrThrow({
    where: { id: runId },
    select: { kind: true, payload: true },
  });
  const definition = jobs.get(kind)?.definition;
  const read = definition?.subject && jsonColumn(definition.payload).safeParse(payload);
  return (read?.success && definition?.subject?.({ id: runId, payload: read.data })) || null;
}
