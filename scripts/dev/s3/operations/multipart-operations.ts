import { createHash, randomUUID } from "node:crypto";
import type { ReceivedBody } from "../objects/body-store";
import { readTraits } from "../objects/object-traits";
import { storeVersion } from "../objects/versions";
import type { S3Context } from "../s3-context";
import { S3Error } from "../wire/s3-error";
import type { Reply, S3Request } from "../wire/s3-request";
import { xmlElements, xmlText } from "../wire/xml";
import { requireBucket, xmlReply } from "./bucket-operations";
import { writtenVersion } from "./object-operations";
import { receiveBody, receiveDocument } from "./receive-body";
import { checkWriteConditions } from "./write-conditions";

const MIN_PART_BYTES = 5 * 1024 * 1024;
/** Of one page. */
const LISTED_PARTS = 1_000;

export function createMultipartUpload(context: S3Context, { bucket, key, headers }: S3Request): Reply {
  requireBucket(context, bucket);
  const id = randomUUID();
  context.index.uploads.add(id, bucket, key, readTraits(context, headers));
  return xmlReply("InitiateMultipartUploadResult", { Bucket: bucket, Key: key, UploadId: id });
}

export function requireUpload(context: S3Context, { bucket, key, query }: S3Request) {
  requireBucket(context, bucket);
  const upload = context.index.uploads.find(query.get("uploadId") ?? "", bucket, key);
  if (!upload) throw new S3Error("NoSuchUpload", "The specified multipart upload does not exist.");
  return upload;
}

export async function uploadPart(context: S3Context, request: S3Request, payload: string): Promise<Reply> {
  requireUpload(context, request);
  const etag = storePart(context, request, await receiveBody(context, request, payload));
  return { status: 200, headers: { etag: `"${etag}"` } };
}

/** Keeps a part in place of a former one of its number; returns its ETag. */
export function storePart(context: S3Context, request: S3Request, body: ReceivedBody): string {
  const { index, bodies } = context;
  const number = Number(request.query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    bodies.discard(body);
    throw new S3Error("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
  }
  const etag = body.md5.toString("hex");
  index.transaction(() => {
    const { id } = requireUpload(context, request);
    const former = index.uploads.parts(id).find((part) => part.number === number);
    index.uploads.putPart({ uploadId: id, number, bodyId: bodies.keep(body), bytes: body.bytes, etag });
    if (former) bodies.release(former.bodyId);
  });
  return etag;
}

export async function completeMultipartUpload(context: S3Context, request: S3Request, payload: string): Promise<Reply> {
  const { index, bodies } = context;
  const upload = requireUpload(context, request);
  const parts = chooseParts(context, upload.id, await receiveDocument(context, request, payload));
  const joined = await bodies.receive(
    (async function* () {
      for (const part of parts) yield* bodies.read(part.bodyId, 0, part.bytes - 1);
    })(),
  );
  const md5s = createHash("md5");
  for (const part of parts) md5s.update(part.etag, "hex");
  const etag = `${md5s.digest("hex")}-${parts.length}`;
  try {
    const stored = index.transaction(() => {
      requireUpload(context, request);
      const bucket = requireBucket(context, request.bucket);
      checkWriteConditions(context, bucket, request);
      const bodyId = bodies.keep(joined);
      const { headers, storageClass, tags, acl } = upload;
      const object = { key: request.key, bodyId, bytes: joined.bytes, etag, headers, storageClass, tags, acl };
      forget(context, upload.id);
      return storeVersion(context, bucket, object);
    });
    const reply = xmlReply("CompleteMultipartUploadResult", {
      Location: `/${request.bucket}/${request.key}`,
      Bucket: request.bucket,
      Key: request.key,
      ETag: context.manners.tellsJoinedEtag ? `"${etag}"` : "",
    });
    return { ...reply, headers: { ...reply.headers, ...writtenVersion(stored) } };
  } catch (error) {
    bodies.discard(joined);
    throw error;
  }
}

export function listParts(context: S3Context, request: S3Request): Reply {
  const { id } = requireUpload(context, request);
  const { query } = request;
  const limit = Math.min(Number(query.get("max-parts") ?? LISTED_PARTS), LISTED_PARTS);
  const after = Number(query.get("part-number-marker") ?? 0);
  const left = context.index.uploads.parts(id).filter(({ number }) => number > after);
  const parts = left.slice(0, limit);
  return xmlReply("ListPartsResult", {
    Bucket: request.bucket,
    Key: request.key,
    UploadId: id,
    PartNumberMarker: after,
    NextPartNumberMarker: parts.at(-1)?.number ?? 0,
    MaxParts: limit,
    IsTruncated: left.length > parts.length,
    Part: parts.map(({ number, etag, bytes }) => ({ PartNumber: number, ETag: `"${etag}"`, Size: bytes })),
  });
}

export function abortMultipartUpload(context: S3Context, request: S3Request): Reply {
  context.index.transaction(() => forget(context, requireUpload(context, request).id));
  return { status: 204 };
}

/** The parts that the client's list names, which must rise in number; all but the last have 5 MiB or more. */
function chooseParts({ index }: S3Context, uploadId: string, document: string) {
  const uploaded = new Map(index.uploads.parts(uploadId).map((part) => [part.number, part]));
  const parts = xmlElements(document, "Part").map((listed) => {
    const part = uploaded.get(Number(xmlText(listed, "PartNumber")));
    if (!part || part.etag !== xmlText(listed, "ETag")?.replaceAll('"', "")) {
      throw new S3Error("InvalidPart", "One or more of the specified parts could not be found.");
    }
    return part;
  });
  if (parts.length === 0) throw new S3Error("MalformedXML", "The list of parts is empty.");
  if (parts.some((part, at) => part.number <= (parts[at - 1]?.number ?? 0))) {
    throw new S3Error("InvalidPartOrder", "The list of parts was not in ascending order.");
  }
  if (parts.slice(0, -1).some((part) => part.bytes < MIN_PART_BYTES)) {
    throw new S3Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
  }
  return parts;
}

function forget({ index, bodies }: S3Context, uploadId: string) {
  for (const part of index.uploads.parts(uploadId)) bodies.release(part.bodyId);
  index.uploads.remove(uploadId);
}
