import { requireDeleteDigest } from "../objects/check-digests";
import { hideOrRemove, removeVersion, type VersionChange } from "../objects/versions";
import type { S3Context } from "../s3-context";
import { S3Error } from "../wire/s3-error";
import type { Reply, S3Request } from "../wire/s3-request";
import { xmlElements, xmlText } from "../wire/xml";
import { requireBucket, xmlReply } from "./bucket-operations";
import { requireVersionId, versionHeaders } from "./object-operations";
import { receiveDocument } from "./receive-body";
import { checkDeleteCondition } from "./write-conditions";

const MAX_KEYS = 1_000;

type Target = { key: string; versionId?: string; etag?: string };

export function deleteObject(context: S3Context, { bucket, key, headers, query }: S3Request): Reply {
  const change = context.index.transaction(() =>
    remove(context, bucket, { key, versionId: query.get("versionId"), etag: headers["if-match"] }),
  );
  return { status: 204, headers: versionHeaders(change) };
}

export async function deleteObjects(context: S3Context, request: S3Request, payload: string): Promise<Reply> {
  const { bucket } = request;
  requireBucket(context, bucket);
  requireDeleteDigest(context, request.headers);
  const document = await receiveDocument(context, request, payload);
  const targets = readTargets(document);
  const results = context.index.transaction(() => targets.map((target) => removeOrExplain(context, bucket, target)));
  const isQuiet = xmlText(document, "Quiet") === "true";
  return xmlReply(
    "DeleteResult",
    results.filter((result) => !isQuiet || "Error" in result),
  );
}

function readTargets(document: string): Target[] {
  const targets = xmlElements(document, "Object").map((object) => ({
    key: xmlText(object, "Key") ?? "",
    versionId: xmlText(object, "VersionId"),
    etag: xmlText(object, "ETag"),
  }));
  if (targets.length === 0 || targets.length > MAX_KEYS || targets.some(({ key }) => key === "")) {
    throw new S3Error("MalformedXML", "The XML you provided was not well-formed or did not validate.");
  }
  return targets;
}

function removeOrExplain(context: S3Context, bucket: string, target: Target) {
  const named = { Key: target.key, VersionId: target.versionId };
  try {
    const { versionId, isMarker } = remove(context, bucket, target);
    return { Deleted: { ...named, ...(isMarker && { DeleteMarker: true, DeleteMarkerVersionId: versionId }) } };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return { Error: { ...named, Code: error.code, Message: error.message } };
  }
}

function remove(context: S3Context, name: string, { key, versionId, etag }: Target): VersionChange {
  const bucket = requireBucket(context, name);
  checkDeleteCondition(context, name, key, etag);
  if (versionId === undefined) return hideOrRemove(context, bucket, key);
  if (context.manners.namesVersions) requireVersionId(versionId);
  return removeVersion(context, name, key, versionId);
}
