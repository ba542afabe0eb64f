import { requireDigestUnderLock } from "../objects/check-digests";
import type { ObjectRow } from "../objects/index-schema";
import { headersToSend, readTraits } from "../objects/object-traits";
import type { VersionRow } from "../objects/version-index";
import {
  findVersion,
  isVersionId,
  NULL_VERSION,
  storeVersion,
  type VersionChange,
  versioningOf,
} from "../objects/versions";
import type { S3Context } from "../s3-context";
import { parseRange } from "../wire/parse-range";
import { S3Error } from "../wire/s3-error";
import type { Reply, S3Request } from "../wire/s3-request";
import { requireBucket } from "./bucket-operations";
import { receiveBody } from "./receive-body";
import { checkWriteConditions, names, preconditionFailed } from "./write-conditions";

const overridable = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];

const archived = new Set(["GLACIER", "DEEP_ARCHIVE"]);

const quoted = (etag: string) => `"${etag}"`;

export function requireVersionId(versionId: string) {
  if (!isVersionId(versionId)) throw new S3Error("InvalidArgument", "Invalid version id specified");
}

/** The headers that tell which version was written, removed or found. */
export function versionHeaders({ versionId, isMarker }: VersionChange): Record<string, string> {
  return {
    ...(versionId !== undefined && { "x-amz-version-id": versionId }),
    ...(isMarker && { "x-amz-delete-marker": "true" }),
  };
}

/** The object, or one version of it; an error that also tells of delete markers otherwise. */
export function requireObject(context: S3Context, bucket: string, key: string, versionId?: string): VersionRow {
  requireBucket(context, bucket);
  const { namesVersions } = context.manners;
  if (versionId !== undefined && namesVersions) requireVersionId(versionId);
  const row = findVersion(context, bucket, key, versionId);
  if (row && !row.isMarker) return row;
  const headers = row && namesVersions ? versionHeaders({ versionId: row.versionId, isMarker: true }) : {};
  if (versionId !== undefined && namesVersions) {
    if (!row) throw new S3Error("NoSuchVersion", "The specified version does not exist.");
    throw new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.", {
      ...headers,
      allow: "DELETE",
    });
  }
  throw new S3Error("NoSuchKey", "The specified key does not exist.", headers);
}

export function requireReadable(row: ObjectRow, message: string) {
  if (archived.has(row.storageClass)) throw new S3Error("InvalidObjectState", message);
}

/** Also answers HEAD, with the same headers and no body. */
export function getObject(context: S3Context, request: S3Request): Reply {
  const { bucket, key, headers, query } = request;
  const row = requireObject(context, bucket, key, query.get("versionId"));
  const own: Record<string, string> = {
    ...headersToSend(context, row),
    etag: quoted(row.etag),
    "last-modified": new Date(row.modifiedAt).toUTCString(),
    "accept-ranges": "bytes",
    ...versionHeaders({ versionId: shownVersion(context, request, row) }),
  };
  if (headers["if-match"] !== undefined && !names(headers["if-match"], row.etag)) throw preconditionFailed();
  if (headers["if-none-match"] !== undefined && names(headers["if-none-match"], row.etag)) {
    return { status: 304, headers: { etag: quoted(row.etag), "last-modified": own["last-modified"] ?? "" } };
  }
  if (request.method !== "HEAD") {
    requireReadable(row, "The operation is not valid for the object's storage class");
  }
  for (const name of overridable) {
    const value = query.get(`response-${name}`);
    if (value !== undefined) own[name] = value;
  }
  const range = parseRange(headers.range, row.bytes);
  const [first, last] = range ?? [0, row.bytes - 1];
  return {
    status: range ? 206 : 200,
    headers: {
      ...own,
      "content-length": String(last - first + 1),
      ...(range && { "content-range": `bytes ${first}-${last}/${row.bytes}` }),
    },
    body: request.method === "HEAD" ? undefined : context.bodies.read(row.bodyId, first, last),
  };
}

/** AWS names the null version too once a bucket had versions; where versions are not named it must be asked for. */
function shownVersion(context: S3Context, { bucket, query }: S3Request, { versionId }: VersionRow): string | undefined {
  if (versionId !== NULL_VERSION || query.get("versionId") === NULL_VERSION) return versionId;
  const isShown = context.manners.namesVersions && versioningOf(context, requireBucket(context, bucket)) !== "never";
  return isShown ? versionId : undefined;
}

export async function putObject(context: S3Context, request: S3Request, payload: string): Promise<Reply> {
  requireDigestUnderLock(context, requireBucket(context, request.bucket), request.headers);
  const traits = readTraits(context, request.headers);
  const body = await receiveBody(context, request, payload);
  const etag = body.md5.toString("hex");
  try {
    const stored = context.index.transaction(() => {
      const bucket = requireBucket(context, request.bucket);
      checkWriteConditions(context, bucket, request);
      const bodyId = context.bodies.keep(body);
      return storeVersion(context, bucket, { key: request.key, bodyId, bytes: body.bytes, etag, ...traits });
    });
    return { status: 200, headers: { etag: quoted(etag), ...writtenVersion(stored) } };
  } catch (error) {
    context.bodies.discard(body);
    throw error;
  }
}

/** A write names the version that it made only where versions are kept. */
export const writtenVersion = ({ versionId }: ObjectRow) =>
  versionId === NULL_VERSION ? {} : versionHeaders({ versionId });
