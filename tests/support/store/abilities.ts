import type { ProbedAbilities } from "~/features/storage/abilities";

/** What a probe sees of AWS S3 with a bucket that keeps no versions. */
export const awsAbilities: ProbedAbilities = {
  versions: "off",
  versionRights: "unknown",
  putIfAbsent: "honored",
  afterDelete: "free",
  copyIfAbsent: "honored",
  copyIfMatch: "honored",
  deleteIfMatch: "honored",
  deleteMany: "works",
  contentMd5: "optional",
  tags: "kept",
  acl: "kept",
  missingRights: [],
  failures: [],
  doubts: [],
  leftovers: [],
};
