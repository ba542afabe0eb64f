import { type ProbedAbilities, VERSION_RIGHTS } from "./abilities";

/**
 * How an object is put where nothing lies (docs/decisions/013-placing-an-object.md). "versions": what is
 * replaced stays as a version, so a foreign write is found afterwards and made current again, whether or not the store
 * refuses a key that is taken. "condition": it does, and that is all. "window": neither, so what someone writes between
 * the look and the put is lost.
 */
export type Placing = "condition" | "versions" | "window";

export function placingOf(abilities: Pick<ProbedAbilities, "putIfAbsent" | "versions" | "versionRights">): Placing {
  if (keepsVersions(abilities)) return "versions";
  return abilities.putIfAbsent === "honored" ? "condition" : "window";
}

/** True where versions are kept, and these credentials may list, read and remove single ones. */
const keepsVersions = ({ versions, versionRights }: Pick<ProbedAbilities, "versions" | "versionRights">) =>
  versions === "enabled" && versionRights === "granted";

/** True where a delete leaves a marker that put-if-absent takes for an object (Ceph with versions suspended). */
export const leavesMarkers = ({ putIfAbsent, afterDelete }: Pick<ProbedAbilities, "putIfAbsent" | "afterDelete">) =>
  putIfAbsent === "honored" && afterDelete === "taken";

/**
 * Why what someone else writes to a move's target, between the console's look and its own write, is lost (`at`: at which
 * targets), and what ends that.
 */
export type Window = { at: "every-key" | "deleted-keys"; why: string; cure: string };

/** Null where nothing that someone else writes can be lost. */
export function windowOf(abilities: ProbedAbilities): Window | null {
  const placing = placingOf(abilities);
  if (placing === "versions") return null;
  if (leavesMarkers(abilities)) {
    const why = "Versions are suspended in this bucket, and a key that was deleted stays taken.";
    return { at: "deleted-keys", why, cure: TURN_ON_AGAIN };
  }
  if (placing === "condition") return null;
  const condition =
    abilities.putIfAbsent === "unknown"
      ? "It is not known whether this store refuses a write to a key that is taken"
      : "This store cannot refuse a write to a key that is taken";
  const { why, cure } = withoutVersions(abilities);
  return { at: "every-key", why: `${condition}, and ${why}.`, cure };
}

const TURN_ON_AGAIN = "Turn versioning on again for this bucket.";
const PROBE_AGAIN = "Probe the store again once it is well.";

/** Why older versions do not help, and what ends that or makes them unnecessary. */
function withoutVersions({ putIfAbsent, versions, versionRights, missingRights }: ProbedAbilities) {
  const missing = VERSION_RIGHTS.filter((right) => missingRights.includes(right));
  if (versions === "enabled" && versionRights === "missing") {
    const why = "the console's credentials may not list, read and delete single versions";
    return { why, cure: `Grant ${missing.join(", ")}.` };
  }
  if (versions === "enabled")
    return { why: "what these credentials may do with versions is not known", cure: PROBE_AGAIN };
  if (versions === "suspended") return { why: "its versions are suspended", cure: TURN_ON_AGAIN };
  if (versions === "unknown") {
    const isDenied = missingRights.includes("s3:GetBucketVersioning");
    const why = "whether it keeps versions is not known";
    return { why, cure: isDenied ? "Grant s3:GetBucketVersioning." : PROBE_AGAIN };
  }
  const cure = "If the store can keep versions, turn them on for this bucket to remove this risk.";
  return { why: "it keeps no versions", cure: putIfAbsent === "unknown" ? PROBE_AGAIN : cure };
}

/** True where a move would have to do without something that another probe may find. */
export const isUncertain = ({ putIfAbsent, deleteIfMatch, tags, acl, ...abilities }: ProbedAbilities): boolean =>
  [putIfAbsent, deleteIfMatch, tags, acl].includes("unknown") ||
  (abilities.versions === "unknown" && !abilities.missingRights.includes("s3:GetBucketVersioning")) ||
  (abilities.versions === "enabled" && abilities.versionRights === "unknown");

/** What one move asks of S3: GET and two HEADs, PUT, GET, two HEADs, DELETE; what hangs on it, and looks at versions, beside. */
export function callsAMove(
  abilities: Pick<ProbedAbilities, "putIfAbsent" | "versions" | "versionRights" | "tags" | "acl" | "deleteIfMatch">,
) {
  const looks = placingOf(abilities) === "versions" ? 2 : 0;
  const asks = [looksAfterDelete(abilities), mayHaveTags(abilities, undefined), mayHaveAcl(abilities)];
  return 8 + looks + asks.filter((isAsked) => isAsked).length;
}

/** True where a delete can hide what someone just wrote, and that can be found and shown again. */
export const looksAfterDelete = (
  abilities: Pick<ProbedAbilities, "versions" | "versionRights" | "deleteIfMatch">,
): boolean => keepsVersions(abilities) && abilities.deleteIfMatch !== "honored";

/** Whether an object can have tags. What is not known is asked: they would be lost in silence. */
export const mayHaveTags = ({ tags }: Pick<ProbedAbilities, "tags">, tagCount: number | undefined): boolean =>
  tags === "kept" ? (tagCount ?? 0) > 0 : (tags === "uncounted" || tags === "unknown") && tagCount !== 0;

export const mayHaveAcl = ({ acl }: Pick<ProbedAbilities, "acl">): boolean => acl === "kept" || acl === "unknown";
