import {
  GetObjectAclCommand,
  GetObjectTaggingCommand,
  PutObjectAclCommand,
  PutObjectTaggingCommand,
  type Grant as SdkGrant,
} from "@aws-sdk/client-s3";
import { quoteKey } from "~/quote";
import type { Connection } from "./connection.server";
import { StorageError } from "./errors/storage-error.server";
import { present } from "./object-head.server";
import type { Acl, Grant, Tags } from "./types";

export async function readTags(
  { client, bucket, attempt }: Connection,
  key: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Tags> {
  return await attempt(`read the tags of ${quoteKey(key)}`, signal, async (options) => {
    const input = { Bucket: bucket, Key: key };
    const { TagSet = [] } = await client.send(new GetObjectTaggingCommand(input), options);
    return Object.fromEntries(TagSet.map(({ Key, Value }) => [present(Key, "Key"), Value ?? ""]));
  });
}

export async function writeTags(
  { client, bucket, attempt }: Connection,
  key: string,
  tags: Tags,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await attempt(`write the tags of ${quoteKey(key)}`, signal, (options) =>
    client.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: key, Tagging: { TagSet } }), options),
  );
}

/** Tags as a request that writes an object carries them in a header. */
export const tagsToHeader = (tags: Tags | undefined) =>
  tags &&
  Object.entries(tags)
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .join("&");

/** Grants as a request that writes an object carries them in headers: with the bytes or not at all. */
export function grantsToRequest({ grants }: Acl) {
  const to = (permission: Grant["permission"]) => {
    const grantees = grants.filter((grant) => grant.permission === permission).map(({ grantee }) => grantee);
    return grantees.length === 0 ? undefined : grantees.map(granteeToHeader).join(", ");
  };
  return {
    GrantFullControl: to("FULL_CONTROL"),
    GrantRead: to("READ"),
    GrantReadACP: to("READ_ACP"),
    GrantWriteACP: to("WRITE_ACP"),
  };
}

function granteeToHeader(grantee: Grant["grantee"]): string {
  switch (grantee.type) {
    case "user":
      return `id="${grantee.id}"`;
    case "group":
      return `uri="${grantee.uri}"`;
    case "email":
      return `emailAddress="${grantee.email}"`;
  }
}

export async function readAcl(
  { client, bucket, attempt }: Connection,
  key: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Acl> {
  return await attempt(`read the ACL of ${quoteKey(key)}`, signal, async (options) => {
    const input = { Bucket: bucket, Key: key };
    const { Owner, Grants = [] } = await client.send(new GetObjectAclCommand(input), options);
    return { ownerId: present(Owner?.ID, "Owner"), grants: Grants.map(toGrant) };
  });
}

export async function writeAcl(
  { client, bucket, attempt }: Connection,
  key: string,
  { ownerId, grants }: Acl,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  const AccessControlPolicy = { Owner: { ID: ownerId }, Grants: grants.map(fromGrant) };
  await attempt(`write the ACL of ${quoteKey(key)}`, signal, (options) =>
    client.send(new PutObjectAclCommand({ Bucket: bucket, Key: key, AccessControlPolicy }), options),
  );
}

function toGrant({ Permission, Grantee }: SdkGrant): Grant {
  const permission = present(Permission, "Permission");
  if (Grantee?.ID) return { permission, grantee: { type: "user", id: Grantee.ID } };
  if (Grantee?.URI) return { permission, grantee: { type: "group", uri: Grantee.URI } };
  if (Grantee?.EmailAddress) return { permission, grantee: { type: "email", email: Grantee.EmailAddress } };
  throw new StorageError("invalid", "The store names a grantee in a way that is not S3's.", false);
}

function fromGrant({ permission, grantee }: Grant): SdkGrant {
  switch (grantee.type) {
    case "user":
      return { Permission: permission, Grantee: { Type: "CanonicalUser", ID: grantee.id } };
    case "group":
      return { Permission: permission, Grantee: { Type: "Group", URI: grantee.uri } };
    case "email":
      return { Permission: permission, Grantee: { Type: "AmazonCustomerByEmail", EmailAddress: grantee.email } };
  }
}
