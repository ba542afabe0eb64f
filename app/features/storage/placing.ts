import type { ProbedAbilities } from "./abilities";

/** What finding a foreign write among versions, and making it current again, takes. */
const VERSION_RIGHTS = ["s3:ListBucketVersions", "s3:GetObjectVersion", "s3:DeleteObjectVersion"];

/**
 * How an object is put where nothing lies (docs/decisions/013-placing-an-object.md). "condition": the store itself refuses
 * a key that is taken. "versions": what is replaced stays as a version, so a foreign write is found afterwards and made
 * current again. "window": neither, so what somebody writes between the look and the put is lost.
 */
export type Placing = "condition" | "versions" | "window";

export function placingOf(abilities: Pick<ProbedAbilities, "putIfAbsent" | "versions" | "missingRights">): Placing {
  if (abilities.putIfAbsent === "honored") return "condition";
  return keepsVersions(abilities) ? "versions" : "window";
}

/** True where versions are kept, and these credentials may list, read and remove single ones. */
const keepsVersions = ({ versions, missingRights }: Pick<ProbedAbilities, "versions" | "missingRights">) =>
  versions === "enabled" && !VERSION_RIGHTS.some((right) => missingRights.includes(right));

/** True where a delete leaves a marker that put-if-absent takes for an object (Ceph with versions suspended). */
export const leavesMarkers = ({ putIfAbsent, afterDelete }: Pick<ProbedAbilities, "putIfAbsent" | "afterDelete">) =>
  putIfAbsent === "honored" && afterDelete === "taken";

/** What one move asks of S3: GET and HEAD, PUT, GET, two HEADs, DELETE; what hangs on it, and looks at versions, beside. */
export function callsAMove(
  abilities: Pick<ProbedAbilities, "putIfAbsent" | "versions" | "missingRights" | "acl" | "deleteIfMatch">,
) {
  const looks = placingOf(abilities) === "versions" ? 2 : 0;
  return 7 + looks + (looksAfterDelete(abilities) ? 1 : 0) + (abilities.acl === "kept" ? 1 : 0);
}

/** True where a delete can hide what somebody just wrote, and that can be found and shown again. */
export const looksAfterDelete = (
  abilities: Pick<ProbedAbilities, "versions" | "missingRights" | "deleteIfMatch">,
): boolean => keepsVersions(abilities) && abilities.deleteIfMatch !== "honored";
