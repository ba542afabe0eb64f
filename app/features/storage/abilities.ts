import { z } from "zod";

/**
 * A probe puts its own objects below it and takes them away again. No index tracks what lies in trash/, and what a probe
 * may not delete expires with the rest of it, where the bucket has a rule for that.
 */
export const PROBE_PREFIX = "trash/diffs-ops-probe/";

/**
 * What became of a condition that a request carried. "honored": the request was refused where it had to be, and what lay
 * there stayed. "refused": the store takes no such request at all. "ignored": it was carried out all the same, or not for
 * just one of several at once. "unknown": the store gave no clear answer.
 */
const condition = z.enum(["honored", "refused", "ignored", "unknown"]);

const extra = z.enum(["kept", "not-implemented", "denied", "disabled", "unknown"]);

/** "uncounted": kept, though HEAD does not say how many an object has. */
const tags = z.enum([...extra.options, "uncounted"]);

/** What finding a foreign write among versions, and making it current again, takes. */
export const VERSION_RIGHTS = ["s3:ListBucketVersions", "s3:GetObjectVersion", "s3:DeleteObjectVersion"];

/** The calls that nothing works without. */
const basicCalls = ["list", "put", "get", "copy", "delete"] as const;

/** What a probe saw a store do; kept in the database as JSON. */
export const probedAbilities = z.object({
  versions: z.enum(["off", "enabled", "suspended", "unknown"]),
  /** Whether single versions may be listed, read and removed; tried where the bucket may keep any, else "unknown". */
  versionRights: z.enum(["granted", "missing", "unknown"]),
  putIfAbsent: condition,
  /** Whether put-if-absent takes the key of an object that was deleted for free. */
  afterDelete: z.enum(["free", "taken", "unknown"]),
  /** CopyObject with If-None-Match, a condition on its target. */
  copyIfAbsent: condition,
  /** CopyObject with x-amz-copy-source-if-match, a condition on its source. */
  copyIfMatch: condition,
  deleteIfMatch: condition,
  deleteMany: z.enum(["works", "one-by-one", "unknown"]),
  /** Whether a PUT without a checksum is refused. The console always sends one. */
  contentMd5: z.enum(["wanted", "optional", "unknown"]),
  tags,
  acl: extra,
  /** AWS's names of what the credentials may not do: "s3:ListBucketVersions". */
  missingRights: z.array(z.string()),
  /** Calls that failed, each with the port's sentence. */
  failures: z.array(z.object({ call: z.enum(basicCalls), sentence: z.string() })),
  /** What an ability is "unknown" for, as sentences. */
  doubts: z.array(z.string()),
  /** Keys of the probe's own objects that could not be deleted. Nothing reads them. */
  leftovers: z.array(z.string()),
});

export type ProbedAbilities = z.infer<typeof probedAbilities>;
export type Condition = ProbedAbilities["putIfAbsent"];

/** What a bucket at an endpoint can do, and when that was seen. */
export type StoreAbilities = ProbedAbilities & { probedAt: Date };

/** What is known of the store: `abilities` as of the last probe that succeeded, and what speaks against them since. */
export type KnownStore = {
  bucket: string;
  endpoint: string;
  /** Null: never probed, or by a version of the console that asked other questions. */
  abilities: StoreAbilities | null;
  staleReason: string | null;
  /** Why the last probe came to nothing. */
  failure: { sentence: string; at: Date } | null;
};

const versionWords = { off: "not kept", enabled: "kept", suspended: "suspended", unknown: "not known" };

/** In a line: “put-if-absent honored · versions kept · …”. */
export const describeAbilities = ({ putIfAbsent, versions, deleteMany }: ProbedAbilities): string =>
  [
    `put-if-absent ${putIfAbsent === "unknown" ? "not known" : putIfAbsent}`,
    `versions ${versionWords[versions]}`,
    ...(deleteMany === "one-by-one" ? ["deletes one by one"] : []),
  ].join(" · ");
