import { type Grant, grantsOf, OWNER, readAclDocument, readAclHeaders } from "../objects/acl";
import { changeTraits } from "../objects/versions";
import type { S3Context } from "../s3-context";
import type { Reply, S3Request } from "../wire/s3-request";
import { xmlReply } from "./bucket-operations";
import { requireObject } from "./object-operations";
import { receiveDocument } from "./receive-body";

export function getObjectAcl(context: S3Context, { bucket, key, query }: S3Request): Reply {
  const row = requireObject(context, bucket, key, query.get("versionId"));
  return xmlReply("AccessControlPolicy", {
    Owner: { ID: OWNER, DisplayName: OWNER },
    AccessControlList: { Grant: grantsOf(row).map(grantElement) },
  });
}

const grantElement = ({ id, uri, permission }: Grant) => ({
  Grantee: {
    "@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "@xsi:type": uri ? "Group" : "CanonicalUser",
    ...(uri ? { URI: uri } : { ID: id, DisplayName: id }),
  },
  Permission: permission,
});

export async function putObjectAcl(context: S3Context, request: S3Request, payload: string): Promise<Reply> {
  const { bucket, key, headers, query } = request;
  const row = requireObject(context, bucket, key, query.get("versionId"));
  const document = await receiveDocument(context, request, payload);
  const acl = document === "" ? readAclHeaders(context, headers) : readAclDocument(context, document);
  changeTraits(context, bucket, { ...row, acl });
  return { status: 200 };
}
