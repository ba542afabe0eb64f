import { requireBucket, xmlReply } from "./bucket-operations.ts";
import { requireUpload, storePart } from "./multipart-operations.ts";
import type { ObjectRow } from "./object-index.ts";
import { checkWriteConditions, headersToKeep, requireObject, storeObject } from "./object-operations.ts";
import { parseRange } from "./parse-range.ts";
import type { S3Context } from "./s3-context.ts";
import { S3Error } from "./s3-error.ts";
import type { Reply, S3Request } from "./s3-request.ts";

/** Takes the source's body as it is: no byte is moved, however large. */
export function copyObject(context: S3Context, request: S3Request): Reply {
  requireBucket(context, request.bucket);
  const { index, bodies } = context;
  const source = sourceOf(context, request);
  const doesReplace = request.headers["x-amz-metadata-directive"] === "REPLACE";
  if (!doesReplace && source.bucket === request.bucket && source.row.key === request.key) {
    throw new S3Error(
      "InvalidRequest",
      "This copy request is illegal because it is trying to copy an object to itself without changing its metadata.",
    );
  }
  const { bodyId, bytes, etag } = source.row;
  const headers = doesReplace ? JSON.stringify(headersToKeep(request.headers)) : source.row.headers;
  const modifiedAt = index.transaction(() => {
    checkWriteConditions(context, request);
    bodies.use(bodyId);
    return storeObject(context, request, { bodyId, bytes, etag, headers });
  });
  return xmlReply("CopyObjectResult", { ETag: `"${etag}"`, LastModified: new Date(modifiedAt).toISOString() });
}

/** Large objects are copied in parts (`aws s3 cp` beyond 8 MB). */
export async function uploadPartCopy(context: S3Context, request: S3Request): Promise<Reply> {
  requireUpload(context, request);
  const { bodies } = context;
  const { row } = sourceOf(context, request);
  const [first, last] = parseRange(request.headers["x-amz-copy-source-range"], row.bytes) ?? [0, row.bytes - 1];
  const etag = storePart(context, request, await bodies.receive(bodies.read(row.bodyId, first, last)));
  return xmlReply("CopyPartResult", { ETag: `"${etag}"`, LastModified: new Date().toISOString() });
}

/** The object that x-amz-copy-source names, `BUCKET/KEY` percent-encoded, if it meets the conditions set for it. */
function sourceOf(context: S3Context, { headers }: S3Request): { bucket: string; row: ObjectRow } {
  const source = decodeURIComponent(headers["x-amz-copy-source"] ?? "");
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(source) ?? [];
  if (!bucket || !key) throw new S3Error("InvalidArgument", "Copy Source must mention the source bucket and key");
  const row = requireObject(context, bucket, key);
  const mustBe = headers["x-amz-copy-source-if-match"]?.replaceAll('"', "");
  const mustNotBe = headers["x-amz-copy-source-if-none-match"]?.replaceAll('"', "");
  if ((mustBe !== undefined && mustBe !== row.etag) || mustNotBe === row.etag) {
    throw new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
  }
  return { bucket, row };
}
