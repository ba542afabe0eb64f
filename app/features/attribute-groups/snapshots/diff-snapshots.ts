import { compareStrings } from "~/features/compare-strings";
import { groupBy } from "~/features/group-by";
import { quoteKey } from "~/quote";
import type { ChangedGroup, ListedObject, SnapshotChanges } from "./snapshot-changes";

/** An object of a listing, its key below the listing's prefix. */
export type ListingEntry = readonly [rest: string, etag: string, bytes: number];

/** A group as a snapshot keeps it. */
export type SnapshotGroup = ChangedGroup & {
  /** Everything below its folder but folder markers. */
  objects: number;
  reference: { key: string; etag: string } | null;
  /** The same for the same objects, whatever folder they lie in. */
  listingHash: string;
};

/** One of two snapshots of a root; its groups by prefix. */
export type SnapshotSide = {
  /** The root's own folder, where the strays lie. */
  prefix: string;
  groups: SnapshotGroup[];
  straysHash: string;
};

type Pair = [before: SnapshotGroup, after: SnapshotGroup];

/** The listings (by hash) without which two snapshots cannot be compared: what is equal on both sides is none of them. */
export function listingsToCompare(before: SnapshotSide, after: SnapshotSide): string[] {
  const { kept, gone, come } = pairGroups(before, after);
  const differing = kept.filter(isDifferent).flatMap((pair) => pair.map((group) => group.listingHash));
  const strays = before.straysHash === after.straysHash ? [] : [before.straysHash, after.straysHash];
  return [...new Set([...differing, ...[...gone, ...come].map((group) => group.listingHash), ...strays])];
}

/**
 * What differs between two snapshots of a root.
 * @param listings by hash, at least those that `listingsToCompare` names
 */
export function diffSnapshots(
  before: SnapshotSide,
  after: SnapshotSide,
  listings: ReadonlyMap<string, readonly ListingEntry[]>,
): SnapshotChanges {
  const objectsOf = (prefix: string, hash: string): ListedObject[] => {
    const entries = listings.get(hash);
    if (!entries) throw new Error(`The listing ${hash} of ${quoteKey(prefix)} is needed to compare two snapshots.`);
    return entries.map(([rest, etag, bytes]) => ({ key: prefix + rest, etag, bytes }));
  };
  const ofGroup = (group: SnapshotGroup) => objectsOf(group.prefix, group.listingHash);

  const { kept, renamed: alike, gone, come } = pairGroups(before, after);
  const byContent = pair(gone, come, (group) => {
    const etags = ofGroup(group).map((object) => object.etag);
    return etags.length > 0 ? JSON.stringify(etags.sort()) : null;
  });
  const renamed = [...alike, ...byContent.pairs].sort(([, a], [, b]) => byPrefix(a, b));
  const differing = kept.filter(isDifferent);
  const isStraysEqual = before.straysHash === after.straysHash;
  return {
    added: byContent.come.map(toChangedGroup),
    removed: byContent.gone.map(toChangedGroup),
    renamed: renamed.map(([from, to]) => ({ from: toChangedGroup(from), to: toChangedGroup(to) })),
    references: findReferenceChanges([...kept, ...renamed]),
    objects: diffObjects(
      [
        ...[...differing.map(([group]) => group), ...byContent.gone].flatMap(ofGroup),
        ...(isStraysEqual ? [] : objectsOf(before.prefix, before.straysHash)),
      ],
      [
        ...[...differing.map(([, group]) => group), ...byContent.come].flatMap(ofGroup),
        ...(isStraysEqual ? [] : objectsOf(after.prefix, after.straysHash)),
      ],
    ),
  };
}

/** Groups of both sides, folders that hold exactly what a vanished one held (under the same names), and the rest. */
function pairGroups(before: SnapshotSide, after: SnapshotSide) {
  const former = new Map(before.groups.map((group) => [group.prefix, group]));
  const present = new Set(after.groups.map((group) => group.prefix));
  const kept = after.groups.flatMap((group): Pair[] => {
    const same = former.get(group.prefix);
    return same ? [[same, group]] : [];
  });
  const { pairs, gone, come } = pair(
    before.groups.filter((group) => !present.has(group.prefix)).sort(byPrefix),
    after.groups.filter((group) => !former.has(group.prefix)).sort(byPrefix),
    (group) => (group.objects > 0 ? group.listingHash : null),
  );
  return { kept, renamed: pairs, gone, come };
}

/**
 * Pairs vanished with new groups of the same content, one with one; where several are alike, in key order. Null: a group
 * that holds nothing is no one's former self.
 */
function pair(
  gone: SnapshotGroup[],
  come: SnapshotGroup[],
  contentOf: (group: SnapshotGroup) => string | null,
): { pairs: Pair[]; gone: SnapshotGroup[]; come: SnapshotGroup[] } {
  if (gone.length === 0 || come.length === 0) return { pairs: [], gone, come };
  const waiting = groupBy(gone, (group) => contentOf(group) ?? "");
  waiting.delete("");
  const pairs: Pair[] = [];
  for (const group of come) {
    const former = waiting.get(contentOf(group) ?? "")?.shift();
    if (former) pairs.push([former, group]);
  }
  const paired = new Set(pairs.flat());
  return {
    pairs,
    gone: gone.filter((group) => !paired.has(group)),
    come: come.filter((group) => !paired.has(group)),
  };
}

function findReferenceChanges(pairs: Pair[]): SnapshotChanges["references"] {
  return pairs
    .filter(([before, after]) => before.reference?.etag !== after.reference?.etag)
    .map(([before, { prefix, name, reference }]) => ({ prefix, name, before: before.reference, after: reference }))
    .sort(byPrefix);
}

/** What lies under another key, with another content, only before or only after. What is equal is passed over. */
function diffObjects(before: ListedObject[], after: ListedObject[]): SnapshotChanges["objects"] {
  const former = new Map(before.map((object) => [object.key, object]));
  const present = new Set(after.map((object) => object.key));
  const replaced = after.flatMap((object) => {
    const same = former.get(object.key);
    return same && same.etag !== object.etag ? [{ key: object.key, before: same, after: object }] : [];
  });
  const gone = before.filter((object) => !present.has(object.key));
  const come = after.filter((object) => !former.has(object.key));

  const comeByEtag = groupBy(come, (object) => object.etag);
  const moved = Array.from(groupBy(gone, (object) => object.etag)).flatMap(([etag, sources]) => {
    const targets = comeByEtag.get(etag) ?? [];
    const [source, target] = [sources[0], targets[0]];
    if (!source || !target || sources.length > 1 || targets.length > 1) return [];
    return [{ etag, from: source.key, to: target.key, bytes: target.bytes }];
  });
  const left = new Set(moved.map((move) => move.from));
  const arrived = new Set(moved.map((move) => move.to));
  return {
    moved: moved.sort((a, b) => compareStrings(a.from, b.from)),
    added: come.filter((object) => !arrived.has(object.key)).sort(byKey),
    removed: gone.filter((object) => !left.has(object.key)).sort(byKey),
    replaced: replaced.sort(byKey),
  };
}

const isDifferent = ([before, after]: Pair) => before.listingHash !== after.listingHash;
const toChangedGroup = ({ prefix, name, images }: SnapshotGroup): ChangedGroup => ({ prefix, name, images });
const byPrefix = (a: { prefix: string }, b: { prefix: string }) => compareStrings(a.prefix, b.prefix);
const byKey = (a: { key: string }, b: { key: string }) => compareStrings(a.key, b.key);
