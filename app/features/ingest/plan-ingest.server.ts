import { createHash } from "node:crypto";
import type { PlannedItem, RunContext } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db } from "~/ports/db.server";
import { findThere } from "./claims.sql.server";
import { explainBroken, type IngestLine, type IngestTarget } from "./ingest-images";
import { type IngestSource, idOfSource, nameSource, withoutSecrets } from "./ingest-source";
import { ingestPlace } from "./keys/ingest-key";
import { expectSlug } from "./keys/topic-slugs.sql.server";
import { readStagedLines, type StagedLine } from "./staged-ingests.sql.server";

const PAGE = 500;
/** Sentences about broken lines that a plan shows. */
const SAMPLE = 5;

/** Plans the lines of a list: each where it shall be, and whether it is there already. Broken ones are items too, and fail. */
export async function* planIngest(
  db: Db,
  { payload: { importId }, signal }: RunContext<{ importId: number }>,
): AsyncGenerator<PlannedItem[], PlanSummary> {
  const counts = { new: 0, there: 0, broken: 0 };
  const sample: string[] = [];
  const readPage = (last?: StagedLine) => readStagedLines(db, { importId, after: last?.line ?? 0, limit: PAGE });
  for await (const lines of pagesByKey(PAGE, readPage)) {
    signal.throwIfAborted();
    const items: PlannedItem[] = [];
    for (const { line, wanted, problem } of lines) {
      if (wanted === null) {
        const broken = { line, problem: problem ?? "" };
        counts.broken += 1;
        if (sample.length < SAMPLE) sample.push(explainBroken(broken));
        items.push({ subject: String(line), label: `line ${line}`, before: broken });
        continue;
      }
      const sourceHash = hashOfSource(wanted.source);
      const target = await findTarget(db, wanted, sourceHash);
      // What records name is not done before they name what is there.
      counts[target.isThere && !wanted.resolves ? "there" : "new"] += 1;
      const source = withoutSecrets(wanted.source);
      const before = { line, ...wanted, source, sourceHash };
      items.push({ subject: String(line), label: nameSource(source), before, target });
    }
    yield items;
  }
  return {
    images: counts.new + counts.there,
    present: [
      { what: "to bring home", count: counts.new },
      { what: "there already, which will be skipped", count: counts.there },
    ],
    ...(counts.broken > 0 && { conflicts: { count: counts.broken, sample } }),
    // A look, the object, a look at it, and the thumbnail; what comes with the list or lies in the bucket is read first.
    s3Calls: counts.new * 7,
  };
}

async function findTarget(db: Db, { owner, topic, role }: IngestLine, sourceHash: string): Promise<IngestTarget> {
  const slug = topic === null ? null : await expectSlug(db, owner, topic);
  const place = ingestPlace({ slug, role });
  const key = await findThere(db, { owner, place, sourceHash });
  return key === null ? { place: `${owner}/${place}`, isThere: false } : { place: key, isThere: true };
}

/** By what a source is known again: its own name may be long, and a credential. */
const hashOfSource = (source: IngestSource): string => createHash("sha256").update(idOfSource(source)).digest("hex");
