import { readTaggingDocument, tagsOf } from "../objects/tags";
import { changeTraits } from "../objects/versions";
import type { S3Context } from "../s3-context";
import type { Reply, S3Request } from "../wire/s3-request";
import { xmlReply } from "./bucket-operations";
import { requireObject, writtenVersion } from "./object-operations";
import { receiveDocument } from "./receive-body";

/** `aws s3 cp` asks before it copies in parts. */
export function getObjectTagging(context: S3Context, { bucket, key, query }: S3Request): Reply {
  const row = requireObject(context, bucket, key, query.get("versionId"));
  return xmlReply("Tagging", { TagSet: { Tag: tagsOf(row) } });
}

export async function putObjectTagging(context: S3Context, request: S3Request, payload: string): Promise<Reply> {
  return setTags(context, request, readTaggingDocument(await receiveDocument(context, request, payload)), 200);
}

export const deleteObjectTagging = (context: S3Context, request: S3Request): Reply =>
  setTags(context, request, null, 204);

function setTags(context: S3Context, { bucket, key, query }: S3Request, tags: string | null, status: number): Reply {
  const row = requireObject(context, bucket, key, query.get("versionId"));
  changeTraits(context, bucket, { ...row, tags });
  return { status, headers: writtenVersion(row) };
}
