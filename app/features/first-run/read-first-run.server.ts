import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { toBeDealtWith } from "~/features/attribute-groups/findings/worst-findings.server";
import { newestOf } from "~/features/attribute-groups/snapshots/newest-snapshot";
import { readLastSeen } from "~/features/clock-watch/read-last-seen.server";
import { indexImages } from "~/features/images/index/index-images";
import { readRuns } from "~/features/job-runs/views/list-runs.server";
import { isKnownError } from "~/features/known-error";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { KnownStore } from "~/features/storage/abilities";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { COUNTED, type FirstStep, type Found, firstSteps } from "./first-steps";

type Deps = { db: Db; clock: Clock };

/** So many folders are named where a root was looked for in vain. */
const NAMED = 4;
/** Files that lie between folders are passed by one at a time. */
const LOOKS = 40;
/** Behind whatever a key may go on with. */
const LAST = "\u{10ffff}";

/** The first steps, and whether a worker, which carries them out, was ever seen. */
export type FirstRun = { steps: FirstStep[]; hasWorker: boolean };

/** The first steps of a console as they stand; null once they are done. */
export async function readFirstRun(deps: Deps, store: KnownStore): Promise<FirstRun | null> {
  const { db } = deps;
  const [index, audit, thumbnails, image, snapshot] = await Promise.all([
    readRunsOf(deps, indexImages.kind),
    readRunsOf(deps, auditGroups.kind),
    readRunsOf(deps, backfillThumbnails.kind),
    db.image.findFirst({ select: { id: true } }),
    db.groupSnapshot.findFirst({ select: { id: true } }),
  ]);
  const runs = { index, audit, thumbnails };
  // Asked first, and alone once it is so: what follows counts.
  if (image && snapshot && index.hasSucceeded && thumbnails.hasSucceeded) return null;
  const [images, schema, seenAt] = await Promise.all([
    db.image.count({ take: COUNTED }),
    readSchema(db),
    readLastSeen(db),
  ]);
  const steps = firstSteps({ store, images, schema, audit: await sumAudits(db, schema), runs });
  return steps && { steps, hasWorker: seenAt !== null };
}

async function readRunsOf(deps: Deps, kind: string): Promise<Found["runs"]["index"]> {
  const where = { kind, undoOfId: null };
  const [last, succeeded] = await Promise.all([
    deps.db.jobRun.findFirst({ where, orderBy: { id: "desc" }, select: { id: true } }),
    deps.db.jobRun.findFirst({ where: { ...where, status: "succeeded" }, select: { id: true } }),
  ]);
  const newest = last && (await readRuns(deps, [last.id])).get(last.id);
  return { newest: newest ?? null, hasSucceeded: succeeded !== null };
}

async function readSchema(db: Db): Promise<Found["schema"]> {
  try {
    const { roots } = await loadLabelSchema();
    const seen = await Promise.all(
      roots.map(async ({ name, prefix }) => ({ name, prefix, hasObjects: (await firstKey(db, prefix)) !== null })),
    );
    const missing = seen.find(({ hasObjects }) => !hasObjects);
    return { roots: seen, instead: missing ? await findInstead(db, missing.prefix) : null };
  } catch (error) {
    if (!isKnownError(error, "DomainError")) throw error;
    return { problem: error.message };
  }
}

/** The first key below a prefix, from a key on; null: there is none. */
async function firstKey(db: Db, prefix: string, from = prefix): Promise<string | null> {
  const where = { goneAt: null, key: { gte: from, lt: `${prefix}${LAST}` } };
  return (await db.image.findFirst({ where, orderBy: { key: "asc" }, select: { key: true } }))?.key ?? null;
}

/** The first folders beside a prefix below which nothing lies, or at the top of the bucket where not even they are there. */
async function findInstead(db: Db, prefix: string): Promise<{ of: string; folders: string[] }> {
  const parent = prefix
    .split("/")
    .slice(0, -2)
    .map((name) => `${name}/`)
    .join("");
  const beside = await listFolders(db, parent);
  return beside.length > 0 || parent === ""
    ? { of: parent, folders: beside }
    : { of: "", folders: await listFolders(db, "") };
}

/** From folder to folder along the index of keys: no folder is read to its end. */
async function listFolders(db: Db, of: string): Promise<string[]> {
  const folders: string[] = [];
  let key = await firstKey(db, of);
  for (let looks = 0; key !== null && folders.length < NAMED && looks < LOOKS; looks += 1) {
    const end = key.indexOf("/", of.length);
    if (end >= 0) folders.push(key.slice(0, end + 1));
    key = await firstKey(db, of, end >= 0 ? `${key.slice(0, end + 1)}${LAST}` : `${key}\0`);
  }
  return folders;
}

/** Of the roots that labels/schema.json names now. */
async function sumAudits(db: Db, schema: Found["schema"]): Promise<Found["audit"]> {
  const roots = "problem" in schema ? [] : schema.roots;
  const newest = await Promise.all(
    roots.map(({ name }) =>
      db.groupSnapshot.findFirst({ ...newestOf(name), select: { _count: { select: { groups: true } } } }),
    ),
  );
  const taken = newest.flatMap((snapshot) => (snapshot ? [snapshot._count.groups] : []));
  if (taken.length === 0) return null;
  const findings = await db.finding.count({ where: toBeDealtWith });
  return { groups: taken.reduce((sum, groups) => sum + groups, 0), findings };
}
