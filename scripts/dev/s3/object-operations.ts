import { requireBucket, xmlReply } from "./bucket-operations.ts";
import type { ObjectRow } from "./object-index.ts";
import { parseRange } from "./parse-range.ts";
import { receiveBody } from "./receive-body.ts";
import type { S3Context } from "./s3-context.ts";
import { S3Error } from "./s3-error.ts";
import type { Reply, S3Request } from "./s3-request.ts";

const keptHeaders = ["cache-control", "content-disposition", "content-language", "content-type", "expires"];
const overridable = [...keptHeaders, "content-encoding"];

export function requireObject(context: S3Context, bucket: string, key: string): ObjectRow {
  requireBucket(context, bucket);
  const row = context.index.object(bucket, key);
  if (!row) throw new S3Error("NoSuchKey", "The specified key does not exist.");
  return row;
}

/** The headers of a request that stay with the object. */
export function headersToKeep(headers: Record<string, string>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => keptHeaders.includes(name) || name.startsWith("x-amz-meta-"));
  // It says how the body travelled, which is over once it has arrived.
  const encoding = headers["content-encoding"]?.replace(/(^|,\s*)aws-chunked/, "").replace(/^,\s*/, "");
  return {
    "content-type": "binary/octet-stream",
    ...Object.fromEntries(kept),
    ...(encoding && { "content-encoding": encoding }),
  };
}

const quoted = (etag: string) => `"${etag}"`;
const names = (condition: string, etag: string) =>
  condition.split(",").some((one) => ["*", etag, quoted(etag)].includes(one.trim()));

/** Also answers HEAD, with the same headers and no body. */
export function getObject(context: S3Context, request: S3Request): Reply {
  const { bucket, key, headers, query } = request;
  const row = requireObject(context, bucket, key);
  const own = {
    ...JSON.parse(row.headers),
    etag: quoted(row.etag),
    "last-modified": new Date(row.modifiedAt).toUTCString(),
    "accept-ranges": "bytes",
  };
  if (headers["if-match"] !== undefined && !names(headers["if-match"], row.etag)) {
    throw new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
  }
  if (headers["if-none-match"] !== undefined && names(headers["if-none-match"], row.etag)) {
    return { status: 304, headers: { etag: own.etag, "last-modified": own["last-modified"] } };
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

/** `aws s3 cp` asks before it copies in parts. We keep no tags. */
export function getObjectTagging(context: S3Context, { bucket, key }: S3Request): Reply {
  requireObject(context, bucket, key);
  return xmlReply("Tagging", { TagSet: "" });
}

export async function putObject(context: S3Context, request: S3Request, payload: string): Promise<Reply> {
  requireBucket(context, request.bucket);
  const body = await receiveBody(context, request, payload);
  const etag = body.md5.toString("hex");
  try {
    context.index.transaction(() => {
      checkWriteConditions(context, request);
      storeObject(context, request, {
        bodyId: context.bodies.keep(body),
        bytes: body.bytes,
        etag,
        headers: JSON.stringify(headersToKeep(request.headers)),
      });
    });
  } catch (error) {
    context.bodies.discard(body);
    throw error;
  }
  return { status: 200, headers: { etag: quoted(etag) } };
}

/** `If-None-Match: *` and `If-Match`; part of the transaction that writes, so that of two writers one fails. */
export function checkWriteConditions({ index }: S3Context, { bucket, key, headers }: S3Request) {
  const current = index.object(bucket, key);
  const mustNotBe = headers["if-none-match"];
  const mustBe = headers["if-match"];
  if (mustBe !== undefined && !current) throw new S3Error("NoSuchKey", "The specified key does not exist.");
  const holds =
    (mustNotBe === undefined || !current || !names(mustNotBe, current.etag)) &&
    (mustBe === undefined || !current || names(mustBe, current.etag));
  if (!holds) throw new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
}

/** Puts the object in place of the former one, within the caller's transaction. */
export function storeObject(
  { index, bodies }: S3Context,
  { bucket, key }: Pick<S3Request, "bucket" | "key">,
  object: Pick<ObjectRow, "bodyId" | "bytes" | "etag" | "headers">,
): number {
  const former = index.object(bucket, key);
  // Whole seconds: listings and Last-Modified then agree, as they do at AWS.
  const modifiedAt = Math.floor(Date.now() / 1_000) * 1_000;
  index.putObject(bucket, { key, modifiedAt, ...object });
  if (former) bodies.release(former.bodyId);
  return modifiedAt;
}
