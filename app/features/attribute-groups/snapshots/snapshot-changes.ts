/** An object as an audit listed it. */
export type ListedObject = { key: string; etag: string; bytes: number };

/** A group as one of two snapshots has it. */
export type ChangedGroup = { prefix: string; name: string; images: number };

/** The reference image of a group before and after; null: none. The ETags differ, or one side is null. */
export type ReferenceChange = {
  /** The group as the later snapshot has it. */
  prefix: string;
  name: string;
  before: { key: string; etag: string } | null;
  after: { key: string; etag: string } | null;
};

/** What differs between two snapshots of a root, every list in key order. An object stands in one list only. */
export type SnapshotChanges = {
  added: ChangedGroup[];
  removed: ChangedGroup[];
  /** A folder that vanished and one that came hold the same ETags. Its objects stand in no other list. */
  renamed: { from: ChangedGroup; to: ChangedGroup }[];
  references: ReferenceChange[];
  objects: {
    /** The same ETag under another key, where only one object can be meant. */
    moved: { etag: string; from: string; to: string; bytes: number }[];
    added: ListedObject[];
    removed: ListedObject[];
    /** The same key with another ETag. */
    replaced: { key: string; before: ListedObject; after: ListedObject }[];
  };
};

/** How much changed, list by list. */
export type ChangeCounts = Record<
  "added" | "removed" | "renamed" | "references" | "moved" | "objectsAdded" | "objectsRemoved" | "objectsReplaced",
  number
>;

export function countChanges({ added, removed, renamed, references, objects }: SnapshotChanges): ChangeCounts {
  return {
    added: added.length,
    removed: removed.length,
    renamed: renamed.length,
    references: references.length,
    moved: objects.moved.length,
    objectsAdded: objects.added.length,
    objectsRemoved: objects.removed.length,
    objectsReplaced: objects.replaced.length,
  };
}

/** The counts of two roots together; null: nothing to compare with. */
export function addCounts(a: ChangeCounts | null, b: ChangeCounts | null): ChangeCounts | null {
  if (a === null || b === null) return a ?? b;
  return {
    added: a.added + b.added,
    removed: a.removed + b.removed,
    renamed: a.renamed + b.renamed,
    references: a.references + b.references,
    moved: a.moved + b.moved,
    objectsAdded: a.objectsAdded + b.objectsAdded,
    objectsRemoved: a.objectsRemoved + b.objectsRemoved,
    objectsReplaced: a.objectsReplaced + b.objectsReplaced,
  };
}

/** One stored snapshot of a root. */
export type SnapshotRef = {
  id: number;
  takenAt: Date;
  /** The last audit that found the bucket exactly so. */
  asOf: Date;
  groups: number;
  objects: number;
  images: number;
};

/** A change that an audit saw, and whether it was the console's own doing: that raises no alert. */
export type SeenReferenceChange = ReferenceChange & { isConsoleMade: boolean };
