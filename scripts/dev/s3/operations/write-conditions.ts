import type { BucketRow } from "../objects/index-schema";
import { findVersion, versioningOf } from "../objects/versions";
import type { S3Context } from "../s3-context";
import { S3Error } from "../wire/s3-error";
import type { S3Request } from "../wire/s3-request";

export const preconditionFailed = () =>
  new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold");

/** Whether a condition (`*`, or a list of ETags) names this ETag. */
export const names = (condition: string, etag: string) =>
  condition.split(",").some((one) => ["*", etag, `"${etag}"`].includes(one.trim()));

/** `If-None-Match: *` and `If-Match`; part of the transaction that writes, so that of two writers one fails. */
export function checkWriteConditions(context: S3Context, bucket: BucketRow, { key, headers }: S3Request) {
  const { index, manners } = context;
  const current = index.object(bucket.name, key);
  const mustNotBe = headers["if-none-match"];
  const mustBe = headers["if-match"];
  const versioning = manners.createOnly === "honored" ? "never" : versioningOf(context, bucket);
  if (mustBe !== undefined) {
    if (!current && manners.ifMatchOnNothing === "NoSuchKey") {
      throw new S3Error("NoSuchKey", "The specified key does not exist.");
    }
    const isRead = versioning !== "Enabled" && (manners.knowsQuotedEtags || !mustBe.includes('"'));
    if (!(current && isRead && names(mustBe, current.etag))) throw preconditionFailed();
  }
  if (mustNotBe === undefined || versioning === "Enabled") return;
  const isTaken = current ? names(mustNotBe, current.etag) : false;
  const isMarked = versioning === "Suspended" && findVersion(context, bucket.name, key) !== undefined;
  if (isTaken || isMarked) throw preconditionFailed();
}

/** `If-Match` on a DELETE looks at the current version only. */
export function checkDeleteCondition(context: S3Context, bucket: string, key: string, mustBe: string | undefined) {
  if (mustBe === undefined || context.manners.deleteConditions === "ignored") return;
  const latest = findVersion(context, bucket, key);
  if (!latest) throw new S3Error("NoSuchKey", "The specified key does not exist.");
  if (latest.isMarker || !names(mustBe, latest.etag)) throw preconditionFailed();
}
