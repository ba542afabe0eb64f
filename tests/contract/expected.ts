import type { TestStore } from "../support/store/test-store";

/** How each call ends on a store: "done", or the error's code. */
export type Expected = {
  createOnly: {
    overExisting: string;
    /** Over an object that was deleted before. */
    afterDelete: string;
    winnersOfTen: number;
  };
  /** With an ETag that the object has not, with its own (in quotes and without), and where there is not an object. */
  ifMatch: { wrong: string; right: string; bare: string; onNothing: string };
  copyOverExisting: { createOnly: string; ifMatchWrong: string };
  copyOfWrongSource: string;
  deleteIfMatchWrong: string;
  deleteObjects: { withCrc32: string; withNothing: string };
  putWithWrongCrc32: string;
  /** Object Lock: a PUT without a digest. Null: the store was not seen to make such buckets. */
  lockedPutWithoutDigest: string | null;
  tags: { put: string; set: string; copyWithOthers: string };
  publicRead: string;
  redirect: { put: string; isCopied: boolean };
  archive: string;
  /** PutBucketCors as the SDK sends it, with a CRC32. */
  cors: string;
  /** What a PUT does: make a version with an id of its own, replace the one without an id, or keep no versions. */
  versions: "every" | "replaced" | "none";
  /** What GET of a deleted key, and GET of its delete marker by id, say. */
  deleted: { get: string; getMarker: string; isMarkerTold: boolean; deletedTwice: number };
  unknownVersion: string;
};

const aws: Expected = {
  createOnly: { overExisting: "PreconditionFailed", afterDelete: "done", winnersOfTen: 1 },
  ifMatch: { wrong: "PreconditionFailed", right: "done", bare: "done", onNothing: "NoSuchKey" },
  copyOverExisting: { createOnly: "PreconditionFailed", ifMatchWrong: "PreconditionFailed" },
  copyOfWrongSource: "PreconditionFailed",
  deleteIfMatchWrong: "PreconditionFailed",
  deleteObjects: { withCrc32: "done", withNothing: "InvalidRequest" },
  putWithWrongCrc32: "BadDigest",
  lockedPutWithoutDigest: "InvalidRequest",
  tags: { put: "done", set: "done", copyWithOthers: "others" },
  publicRead: "done",
  redirect: { put: "done", isCopied: false },
  archive: "done",
  cors: "done",
  versions: "none",
  deleted: { get: "NoSuchKey", getMarker: "MethodNotAllowed", isMarkerTold: true, deletedTwice: 2 },
  unknownVersion: "NoSuchVersion",
};

const b2: Expected = {
  ...aws,
  createOnly: { overExisting: "NotImplemented", afterDelete: "NotImplemented", winnersOfTen: 0 },
  ifMatch: { wrong: "NotImplemented", right: "NotImplemented", bare: "NotImplemented", onNothing: "NotImplemented" },
  copyOverExisting: { createOnly: "NotImplemented", ifMatchWrong: "NotImplemented" },
  deleteIfMatchWrong: "done",
  deleteObjects: { withCrc32: "InvalidArgument", withNothing: "InvalidRequest" },
  tags: { put: "InvalidArgument", set: "NotImplemented", copyWithOthers: "InvalidArgument" },
  publicRead: "InvalidArgument",
  redirect: { put: "InvalidArgument", isCopied: false },
  archive: "InvalidStorageClass",
  cors: "InvalidArgument",
  versions: "every",
};

const swift: Expected = {
  ...b2,
  deleteObjects: { withCrc32: "done", withNothing: "InvalidRequest" },
  putWithWrongCrc32: "done",
  lockedPutWithoutDigest: null,
  tags: { put: "NotImplemented", set: "NotImplemented", copyWithOthers: "NotImplemented" },
  redirect: { put: "NotImplemented", isCopied: false },
  cors: "NotImplemented",
  versions: "none",
};

const ceph: Expected = {
  ...aws,
  ifMatch: {
    wrong: "PreconditionFailed",
    right: "PreconditionFailed",
    bare: "done",
    onNothing: "PreconditionFailed",
  },
  copyOverExisting: { createOnly: "done", ifMatchWrong: "done" },
  copyOfWrongSource: "done",
  deleteIfMatchWrong: "done",
  deleteObjects: { withCrc32: "done", withNothing: "done" },
  putWithWrongCrc32: "done",
  lockedPutWithoutDigest: "done",
  tags: { put: "done", set: "done", copyWithOthers: "the source's" },
  redirect: { put: "done", isCopied: true },
  archive: "InvalidArgument",
  deleted: { get: "NoSuchKey", getMarker: "NoSuchKey", isMarkerTold: false, deletedTwice: 1 },
  unknownVersion: "NoSuchKey",
};

const stores = { aws, b2, swift, ceph };

/** Ceph: what a bucket's versions make of conditional puts. With versions, If-Match names nothing whatever it says. */
const cephConditions = {
  off: {},
  enabled: {
    createOnly: { overExisting: "done", afterDelete: "done", winnersOfTen: 10 },
    ifMatch: { ...ceph.ifMatch, bare: "PreconditionFailed" },
  },
  suspended: {
    createOnly: { overExisting: "PreconditionFailed", afterDelete: "PreconditionFailed", winnersOfTen: 1 },
  },
};

const versionsBy = { off: "none", enabled: "every", suspended: "replaced" } as const;

/** How a store is known to behave with a bucket as the tests make it. */
export function expectedOf({ plays, versions }: TestStore): Expected {
  const base = stores[plays];
  return {
    ...base,
    ...(plays === "ceph" && cephConditions[versions]),
    ...((plays === "aws" || plays === "ceph") && { versions: versionsBy[versions] }),
  };
}
