import { requireBucket, xmlReply } from "./bucket-operations.ts";
import { receiveDocument } from "./receive-body.ts";
import type { S3Context } from "./s3-context.ts";
import { S3Error } from "./s3-error.ts";
import type { Reply, S3Request } from "./s3-request.ts";
import { xmlElements, xmlText } from "./xml.ts";

const MAX_KEYS = 1_000;

export function deleteObject(context: S3Context, { bucket, key }: S3Request): Reply {
  requireBucket(context, bucket);
  context.index.transaction(() => remove(context, bucket, key));
  return { status: 204 };
}

export async function deleteObjects(context: S3Context, request: S3Request, payload: string): Promise<Reply> {
  const { bucket } = request;
  requireBucket(context, bucket);
  const document = await receiveDocument(request, payload);
  const keys = xmlElements(document, "Object").map((object) => xmlText(object, "Key"));
  if (keys.length === 0 || keys.length > MAX_KEYS || keys.some((key) => !key)) {
    throw new S3Error("MalformedXML", "The XML you provided was not well-formed or did not validate.");
  }
  const named = keys.filter((key) => key !== undefined);
  context.index.transaction(() => {
    for (const key of named) remove(context, bucket, key);
  });
  const isQuiet = xmlText(document, "Quiet") === "true";
  return xmlReply("DeleteResult", { Deleted: isQuiet ? [] : named.map((Key) => ({ Key })) });
}

function remove({ index, bodies }: S3Context, bucket: string, key: string) {
  const row = index.object(bucket, key);
  if (!row) return;
  index.removeObject(bucket, key);
  bodies.release(row.bodyId);
}
