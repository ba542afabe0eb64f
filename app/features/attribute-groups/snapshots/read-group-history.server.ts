import { plural } from "~/features/format";
import { folderName } from "~/features/images/key-layout";
import { type RunStatus, toRunStatus } from "~/features/job-runs/status";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { diffSnapshots, listingsToCompare, type SnapshotGroup, type SnapshotSide } from "./diff-snapshots";
import {
  type GroupState,
  type GroupStep,
  type RunMoves,
  readGroupSteps,
  readRunMoves,
  readTwins,
} from "./group-history.sql.server";
import { readListings } from "./object-listing.server";
import { describeReferenceChange } from "./reference-change";

/** One thing that happened to a group, as a sentence. */
export type HistoryEntry = { at: Date; sentence: string } & (
  | {
      kind: "audit" /** The snapshots to compare; `from` null: there was none before. */;
      from: number | null;
      to: number;
    }
  | { kind: "run"; runId: number; status: RunStatus; actorName: string }
);

const ENTRIES_AT_MOST = 30;
const NAMES_AT_MOST = 5;
/** A page must not wait for all listings of a huge group: of its older changes it says less. */
const OBJECTS_READ_AT_MOST = 50_000;

/** A name that the group had up to a snapshot (null: the newest) and a time in ms. */
type Name = { prefix: string; until: number | null; untilMs: number };

/** What audits and runs tell of a group, under its former names too: the newest first, at most 30 entries. */
export async function readGroupHistory(
  db: Db,
  { root, prefix }: { root: string; prefix: string },
): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  const runs = new Map<number, HistoryEntry>();
  const budget = { objects: OBJECTS_READ_AT_MOST };
  let name: Name | null = { prefix, until: null, untilMs: Number.MAX_SAFE_INTEGER };
  for (let names = 0; name && names < NAMES_AT_MOST && entries.length < ENTRIES_AT_MOST; names += 1) {
    const told = await readAudits(db, root, name, budget);
    entries.push(...told.entries);
    // A run that renamed it moved the objects of both names: it is told once, from the later one's side.
    const period = { prefix: name.prefix, since: told.sinceMs, until: name.untilMs, limit: ENTRIES_AT_MOST };
    for (const run of await readRunMoves(db, period)) {
      if (!runs.has(run.runId)) runs.set(run.runId, toRunEntry(run));
    }
    name = told.former;
  }
  return [...entries, ...runs.values()].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, ENTRIES_AT_MOST);
}

/** What audits tell of one name, back to the audit that saw the group come by it from a former one. */
async function readAudits(
  db: Db,
  root: string,
  name: Name,
  budget: { objects: number },
): Promise<{ entries: HistoryEntry[]; former: Name | null; sinceMs: number }> {
  const entries: HistoryEntry[] = [];
  for (const step of await readGroupSteps(db, { root, ...name, limit: ENTRIES_AT_MOST })) {
    const entry = { kind: "audit", at: new Date(step.takenAt), from: step.from, to: step.to } as const;
    const former = isArrival(step) ? await findFormerPrefix(db, name.prefix, step) : null;
    if (former !== null) {
      entries.push({ ...entry, sentence: `Renamed from ${quote(folderName(former))}.` });
      return {
        entries,
        former: { prefix: former, until: step.from, untilMs: step.takenAt },
        sinceMs: step.formerTakenAt ?? 0,
      };
    }
    budget.objects -= (step.now?.objects ?? 0) + (step.former?.objects ?? 0);
    entries.push({ ...entry, sentence: await describeStep(db, name.prefix, step, budget.objects >= 0) });
  }
  return { entries, former: null, sinceMs: 0 };
}

type Arrival = GroupStep & { from: number; now: GroupState };
const isArrival = (step: GroupStep): step is Arrival =>
  step.from !== null && step.former === null && step.now !== null && step.now.objects > 0;

/**
 * The folder whose objects a new folder holds, exactly as the comparison of the two snapshots says it: only folders with
 * as many objects can matter.
 */
async function findFormerPrefix(db: Db, prefix: string, { from, to, now }: Arrival): Promise<string | null> {
  const twins = await readTwins(db, { from, to, objects: now.objects });
  const toGroups = (isCome: boolean) =>
    twins.flatMap(({ prefix, hash, isCome: came }) => {
      return (came === 1) === isCome
        ? [toGroup(prefix, { ...now, hash, referenceKey: null, referenceEtag: null })]
        : [];
    });
  const before = { prefix: "", straysHash: "", groups: toGroups(false) };
  const after = { prefix: "", straysHash: "", groups: toGroups(true) };
  if (before.groups.length === 0) return null;
  const { renamed } = diffSnapshots(before, after, await readListings(db, listingsToCompare(before, after)));
  return renamed.find((pair) => pair.to.prefix === prefix)?.from.prefix ?? null;
}

async function describeStep(db: Db, prefix: string, step: GroupStep, isDetailed: boolean): Promise<string> {
  const { now, former, from } = step;
  if (!now) return `The folder was gone, with the ${plural(former?.images ?? 0, "image")} that it held.`;
  if (!former) {
    const images = plural(now.images, "image");
    return from === null ? `Seen by the first audit, with ${images}.` : `Appeared, with ${images}.`;
  }
  if (!isDetailed && now.hash !== former.hash) {
    return `Its objects changed: ${plural(former.objects, "object")} before, ${plural(now.objects, "object")} after.`;
  }
  const listings = now.hash === former.hash ? new Map() : await readListings(db, [now.hash, former.hash]);
  const { objects, references } = diffSnapshots(toSide(prefix, former), toSide(prefix, now), listings);
  const counts = [
    objects.added.length > 0 && `${plural(objects.added.length, "object")} added`,
    objects.removed.length > 0 && `${plural(objects.removed.length, "object")} removed`,
    objects.replaced.length > 0 && `${plural(objects.replaced.length, "object")} replaced`,
    objects.moved.length > 0 && `${plural(objects.moved.length, "object")} renamed in the folder`,
  ].filter((part) => part !== false);
  const sentences = counts.length > 0 ? [`${counts.join(", ")}.`] : [];
  return [...sentences, ...references.map(describeReferenceChange)].join(" ");
}

/** The group alone, as a snapshot of it. */
const toSide = (prefix: string, state: GroupState): SnapshotSide => ({
  prefix,
  groups: [toGroup(prefix, state)],
  straysHash: "",
});

function toGroup(prefix: string, { hash, objects, images, referenceKey, referenceEtag }: GroupState): SnapshotGroup {
  const reference = referenceKey && referenceEtag ? { key: referenceKey, etag: referenceEtag } : null;
  return { prefix, name: folderName(prefix), images, objects, listingHash: hash, reference };
}

function toRunEntry({ runId, title, actorName, status, at, arrived, left, within }: RunMoves): HistoryEntry {
  const counts = [
    arrived > 0 && `${plural(arrived, "object")} came`,
    left > 0 && `${plural(left, "object")} left`,
    within > 0 && `${plural(within, "object")} renamed in the folder`,
  ].filter((part) => part !== false);
  const sentence = `${title}: ${counts.join(", ")}.`;
  return { kind: "run", at: new Date(at), sentence, runId, status: toRunStatus(status), actorName };
}
