import type { ObjectRow, Traits } from "../objects/index-schema";
import { readTraits } from "../objects/object-traits";
import { NULL_VERSION, storeVersion } from "../objects/versions";
import type { S3Context } from "../s3-context";
import { parseRange } from "../wire/parse-range";
import { S3Error } from "../wire/s3-error";
import type { Reply, S3Request } from "../wire/s3-request";
import { requireBucket, xmlReply } from "./bucket-operations";
import { requireUpload, storePart } from "./multipart-operations";
import { requireObject, requireReadable, versionHeaders, writtenVersion } from "./object-operations";
import { checkWriteConditions, preconditionFailed } from "./write-conditions";

/** Takes the source's body as it is: no byte is moved, however large. */
export function copyObject(context: S3Context, request: S3Request): Reply {
  const { index, bodies, manners } = context;
  requireBucket(context, request.bucket);
  const source = sourceOf(context, request);
  const { bodyId, bytes, etag } = source.row;
  const traits = traitsOfCopy(context, request, source);
  const stored = index.transaction(() => {
    const bucket = requireBucket(context, request.bucket);
    if (manners.copyConditions === "honored") checkWriteConditions(context, bucket, request);
    bodies.use(bodyId);
    return storeVersion(context, bucket, { key: request.key, bodyId, bytes, etag, ...traits });
  });
  const result = { ETag: `"${etag}"`, LastModified: new Date(stored.modifiedAt).toISOString() };
  const { versionId } = source.row;
  const versions = manners.namesVersions
    ? {
        ...writtenVersion(stored),
        ...(versionId !== NULL_VERSION && { "x-amz-copy-source-version-id": versionId }),
      }
    : {};
  const reply = xmlReply("CopyObjectResult", result);
  return { ...reply, headers: { ...reply.headers, ...versions } };
}

/** A copy has its source's headers and tags unless told otherwise; its ACL and its storage class are its own. */
function traitsOfCopy(context: S3Context, request: S3Request, source: Source): Traits {
  const { headers } = request;
  const doesReplace = headers["x-amz-metadata-directive"] === "REPLACE";
  const asked = readTraits(context, headers);
  const isOntoItself = source.bucket === request.bucket && source.row.key === request.key;
  const changes = doesReplace || source.versionId !== undefined || headers["x-amz-storage-class"] !== undefined;
  if (isOntoItself && !changes) {
    throw new S3Error(
      "InvalidRequest",
      "This copy request is illegal because it is trying to copy an object to itself without changing its metadata.",
    );
  }
  const takesTags =
    context.manners.copiedTags === "with-metadata" ? !doesReplace : headers["x-amz-tagging-directive"] !== "REPLACE";
  return {
    ...asked,
    headers: doesReplace ? asked.headers : copiedHeaders(context, headers, source.row),
    tags: takesTags ? source.row.tags : asked.tags,
  };
}

function copiedHeaders({ manners }: S3Context, asked: Record<string, string>, row: ObjectRow): string {
  const { "x-amz-website-redirect-location": redirect, ...headers }: Record<string, string> = JSON.parse(row.headers);
  const kept = asked["x-amz-website-redirect-location"] ?? (manners.copiesRedirect ? redirect : undefined);
  return JSON.stringify({ ...headers, ...(kept && { "x-amz-website-redirect-location": kept }) });
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

type Source = { bucket: string; row: ObjectRow; versionId: string | undefined };

/**
 * The object that x-amz-copy-source names, `BUCKET/KEY` percent-encoded and perhaps `?versionId=ID`, if it meets the
 * conditions set for it.
 */
function sourceOf(context: S3Context, { headers }: S3Request): Source {
  const [path = "", versionId] = (headers["x-amz-copy-source"] ?? "").split("?versionId=");
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decodeURIComponent(path)) ?? [];
  if (!bucket || !key) throw new S3Error("InvalidArgument", "Copy Source must mention the source bucket and key");
  const row = requireSource(context, bucket, key, versionId);
  requireReadable(row, "Operation is not valid for the source object's storage class");
  const mustBe = headers["x-amz-copy-source-if-match"]?.replaceAll('"', "");
  const mustNotBe = headers["x-amz-copy-source-if-none-match"]?.replaceAll('"', "");
  if (context.manners.copySourceConditions === "honored") {
    if ((mustBe !== undefined && mustBe !== row.etag) || mustNotBe === row.etag) throw preconditionFailed();
  }
  return { bucket, row, versionId };
}

function requireSource(context: S3Context, bucket: string, key: string, versionId: string | undefined): ObjectRow {
  try {
    return requireObject(context, bucket, key, versionId);
  } catch (error) {
    if (!(error instanceof S3Error) || error.code !== "MethodNotAllowed") throw error;
    throw new S3Error(
      "InvalidRequest",
      "The source of a copy request may not specifically refer to a delete marker by version id.",
      versionHeaders({ versionId, isMarker: true }),
    );
  }
}
