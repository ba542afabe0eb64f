import type { Manners } from "../manners/manners";
import type { S3Context } from "../s3-context";
import { S3Error } from "../wire/s3-error";
import { xmlElements, xmlText } from "../wire/xml";

/** Who may do what: a canonical user by `id`, or a group by `uri`. */
export type Grant = { id?: string; uri?: string; permission: string };

/** The only user there is, whom every bucket and object belongs to. */
export const OWNER = "local";

const ownersGrant: Grant = { id: OWNER, permission: "FULL_CONTROL" };
const group = (name: string, permission: string): Grant => ({
  uri: `http://acs.amazonaws.com/groups/${name}`,
  permission,
});

/** What each canned ACL grants beside the owner's full control. */
const canned: Record<string, Grant[]> = {
  private: [],
  "public-read": [group("global/AllUsers", "READ")],
  "public-read-write": [group("global/AllUsers", "READ"), group("global/AllUsers", "WRITE")],
  "authenticated-read": [group("global/AuthenticatedUsers", "READ")],
  "aws-exec-read": [],
  "bucket-owner-read": [],
  "bucket-owner-full-control": [],
};

const grantHeaders: Record<string, string> = {
  "x-amz-grant-full-control": "FULL_CONTROL",
  "x-amz-grant-read": "READ",
  "x-amz-grant-read-acp": "READ_ACP",
  "x-amz-grant-write-acp": "WRITE_ACP",
};

/** The ACL that a request's headers ask for, as it is kept; null for the private one that objects have by themselves. */
export function readAclHeaders({ manners }: S3Context, headers: Record<string, string>): string | null {
  const name = headers["x-amz-acl"];
  const grants = Object.entries(grantHeaders).flatMap(([header, permission]) =>
    (headers[header] ?? "")
      .split(",")
      .filter(Boolean)
      .map((grantee) => readGrantee(grantee.trim(), permission)),
  );
  if (name !== undefined && grants.length > 0) {
    throw new S3Error("InvalidRequest", "Specifying both Canned ACLs and Header Grants is not allowed");
  }
  if (name !== undefined && !canned[name]) throw new S3Error("InvalidArgument", `Invalid canned ACL: ${name}`);
  return keepGrants(manners, name === undefined ? grants : [ownersGrant, ...(canned[name] ?? [])]);
}

/** The ACL of an AccessControlPolicy document. */
export function readAclDocument({ manners }: S3Context, document: string): string | null {
  return keepGrants(
    manners,
    xmlElements(document, "Grant").map((grant) => {
      const [id, uri, permission] = ["ID", "URI", "Permission"].map((name) => xmlText(grant, name));
      if ((!id && !uri) || !permission) {
        throw new S3Error("MalformedXML", "The XML you provided was not well-formed or did not validate.");
      }
      return { ...(uri ? { uri } : { id }), permission };
    }),
  );
}

export const grantsOf = (row: { acl: string | null }): Grant[] => (row.acl ? JSON.parse(row.acl) : [ownersGrant]);

/** `id="…"` or `uri="…"`. */
function readGrantee(text: string, permission: string): Grant {
  const [, kind, value] = /^(id|uri)="?([^"]+)"?$/.exec(text) ?? [];
  if (!kind || !value) throw new S3Error("InvalidArgument", `Argument format not recognized: ${text}`);
  return { [kind]: value, permission };
}

function keepGrants({ acl }: Manners, grants: Grant[]): string | null {
  const isPrivate = grants.length === 0 || JSON.stringify(grants) === JSON.stringify([ownersGrant]);
  if (isPrivate) return null;
  if (acl === "bucket") throw new S3Error("InvalidArgument", "The ACL of an object must be the one of its bucket.");
  return JSON.stringify(grants);
}
