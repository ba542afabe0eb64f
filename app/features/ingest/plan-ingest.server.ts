import { createHash } from "node:crypto";
import type { PlannedItem, RunContext } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import type { Db } from "~/ports/db.server";
import { findThere } from "./claims.sql.server";
import type { IngestLine } from "./ingest-images";
import { ingestTarget } from "./ingest-images";
import { type IngestSource, idOfSource, nameSource, withoutSecrets } from "./ingest-source";
import { ingestPlace } from "./keys/ingest-key";
import { proposeSlugs } from "./keys/propose-slugs.server";
import { findSlugs } from "./keys/topic-slugs.sql.server";
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
  for (let after = 0; ; ) {
    signal.throwIfAborted();
    const lines = await readStagedLines(db, { importId, after, limit: PAGE });
    const last = lines.at(-1);
    if (!last) break;
    after = last.line;
    const items: PlannedItem[] = [];
    for (const line of lines) {
      if (line.wanted === null) {
        counts.broken += 1;
        if (sample.length < SAMPLE) sample.push(`Line ${line.line} ${line.problem}.`);
        items.push(brokenItem(line));
        continue;
      }
      const target = await findTarget(db, line.wanted);
      counts[target.isThere ? "there" : "new"] += 1;
      items.push(toItem(line.line, line.wanted, target));
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

const toItem = (line: number, wanted: IngestLine, target: { place: string; isThere: boolean }): PlannedItem => {
  const source = withoutSecrets(wanted.source);
  return {
    subject: String(line),
    label: nameSource(source),
    before: { line, ...wanted, source, sourceHash: hashOfSource(wanted.source) },
    target: ingestTarget.parse(target),
  };
};

const brokenItem = ({ line, problem }: StagedLine): PlannedItem => ({
  subject: String(line),
  label: `line ${line}`,
  before: { line, problem: problem ?? "" },
});

async function findTarget(db: Db, wanted: IngestLine): Promise<{ place: string; isThere: boolean }> {
  const { owner, topic, role, source } = wanted;
  const slug = topic === null ? null : await expectSlug(db, owner, topic);
  const place = ingestPlace({ slug, role });
  const key = await findThere(db, { owner, place, sourceHash: hashOfSource(source) });
  return key === null ? { place: `${owner}/${place}`, isThere: false } : { place: key, isThere: true };
}

/** By what a source is known again: its own name may be long, and a credential. */
const hashOfSource = (source: IngestSource): string => createHash("sha256").update(idOfSource(source)).digest("hex");

/** The slug that the topic has, or would be given now. */
async function expectSlug(db: Db, owner: string, topic: string): Promise<string> {
  const slug = proposeSlugs(await findSlugs(db, owner, [topic]), [topic]).get(topic);
  if (slug === undefined) throw new Error("A topic was given no slug.");
  return slug;
}
