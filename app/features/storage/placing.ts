import type { ProbedAbilities } from "./abilities";

/**
 * How an object is put where nothing lies (docs/decisions/013-placing-an-object.md). "condition": the store itself refuses
 * a key that is taken. "versions": what is replaced stays as a version, so a foreign write is found afterwards and made
 * current again. "window": neither, so what somebody writes between the look and the put is lost.
 */
export type Placing = "condition" | "versions" | "window";

export function placingOf(abilities: Pick<ProbedAbilities, "putIfAbsent" | "versions" | "versionRights">): Placing {
  if (abilities.putIfAbsent === "honored") return "condition";
  return keepsVersions(abilities) ? "versions" : "window";
}

/** True where versions are kept, and these credentials may list, read and remove single ones. */
const keepsVersions = ({ versions, versionRights }: Pick<ProbedAbilities, "versions" | "versionRights">) =>
  versions === "enabled" && versionRights === "granted";

/** True where a delete leaves a marker that put-if-absent takes for an object (Ceph with versions suspended). */
export const leavesMarkers = ({ putIfAbsent, afterDelete }: Pick<ProbedAbilities, "putIfAbsent" | "afterDelete">) =>
  putIfAbsent === "honored" && afterDelete === "taken";

/** What one move asks of S3: GET and HEAD, PUT, GET, two HEADs, DELETE; what hangs on it, and looks at versions, beside. */
export function callsAMove(
  abilities: Pick<ProbedAbilities, "putIfAbsent" | "versions" | "versionRights" | "tags" | "acl" | "deleteIfMatch">,
) {
  const looks = placingOf(abilities) === "versions" ? 2 : 0;
  const asks = [looksAfterDelete(abilities), mayHaveTags(abilities, undefined), mayHaveAcl(abilities)];
  return 7 + looks + asks.filter((isAsked) => isAsked).length;
}

/** True where a delete can hide what somebody just wrote, and that can be found and shown again. */
export const looksAfterDelete = (
  abilities: Pick<ProbedAbilities, "versions" | "versionRights" | "deleteIfMatch">,
): boolean => keepsVersions(abilities) && abilities.deleteIfMatch !== "honored";

/** Whether an object can have tags. What is not known is asked: they would be lost in silence. */
export const mayHaveTags = ({ tags }: Pick<ProbedAbilities, "tags">, tagCount: number | undefined): boolean =>
  tags === "kept" ? (tagCount ?? 0) > 0 : (tags === "uncounted" || tags === "unknown") && tagCount !== 0;

export const mayHaveAcl = ({ acl }: Pick<ProbedAbilities, "acl">): boolean => acl === "kept" || acl === "unknown";
