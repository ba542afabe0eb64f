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
