import type { IncomingMessage } from "node:http";
import { S3Error } from "./s3-error";

/** A request as S3 sees it, path style: /bucket/key. */
export type S3Request = {
  operation: string;
  method: string;
  bucket: string;
  key: string;
  /** As it came, still percent-encoded. */
  path: string;
  query: Map<string, string>;
  headers: Record<string, string>;
  stream: IncomingMessage;
};

export type Reply = {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer | NodeJS.ReadableStream;
};

const MAX_KEY_BYTES = 1_024;

export function parseRequest(stream: IncomingMessage): S3Request {
  const [path = "/", search = ""] = (stream.url ?? "/").split(/\?(.*)/s);
  const [, bucket = "", key = ""] = /^\/([^/]*)(?:\/(.*))?$/s.exec(decode(path)) ?? [];
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new S3Error("KeyTooLongError", "Your key is too long");
  const query = new Map(
    search
      .split("&")
      .filter(Boolean)
      .map((pair) => {
        const [name = "", value = ""] = pair.split(/=(.*)/s);
        return [decode(name), decode(value)] as const;
      }),
  );
  const headers = Object.fromEntries(
    Object.entries(stream.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(",") : (value ?? ""),
    ]),
  );
  const method = stream.method ?? "GET";
  const operation = operationOf(method, { bucket, key, query, headers });
  return { operation, method, bucket, key, path, query, headers, stream };
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new S3Error("InvalidURI", "Couldn't parse the specified URI.");
  }
}

/** The first entry whose method and query fit; the query's name tells sub-resources apart. */
const bucketOperations = [
  ["GET", "list-type", "ListObjectsV2"],
  ["GET", "location", "GetBucketLocation"],
  ["GET", "versioning", "GetBucketVersioning"],
  ["PUT", "versioning", "PutBucketVersioning"],
  ["GET", "versions", "ListObjectVersions"],
  ["GET", "cors", "GetBucketCors"],
  ["PUT", "cors", "PutBucketCors"],
  ["DELETE", "cors", "DeleteBucketCors"],
  ["POST", "delete", "DeleteObjects"],
  ["GET", "", "ListObjects"],
  ["HEAD", "", "HeadBucket"],
  ["PUT", "", "CreateBucket"],
  ["DELETE", "", "DeleteBucket"],
] as const;
const objectOperations = [
  ["POST", "uploads", "CreateMultipartUpload"],
  ["PUT", "uploadId", "UploadPart"],
  ["GET", "uploadId", "ListParts"],
  ["POST", "uploadId", "CompleteMultipartUpload"],
  ["DELETE", "uploadId", "AbortMultipartUpload"],
  ["GET", "tagging", "GetObjectTagging"],
  ["PUT", "tagging", "PutObjectTagging"],
  ["DELETE", "tagging", "DeleteObjectTagging"],
  ["GET", "acl", "GetObjectAcl"],
  ["PUT", "acl", "PutObjectAcl"],
  ["GET", "", "GetObject"],
  ["HEAD", "", "HeadObject"],
  ["PUT", "", "PutObject"],
  ["DELETE", "", "DeleteObject"],
] as const;

/** Sub-resources that we do not have; taken for the plain operation they would do harm (a PUT of a policy, say). */
const unknownSubresources = [
  "acl",
  "attributes",
  "cors",
  "encryption",
  "legal-hold",
  "lifecycle",
  "logging",
  "notification",
  "object-lock",
  "policy",
  "replication",
  "restore",
  "retention",
  "tagging",
  "torrent",
  "uploads",
  "versioning",
  "versions",
  "website",
];

function operationOf(
  method: string,
  { bucket, key, query, headers }: Pick<S3Request, "bucket" | "key" | "query" | "headers">,
): string {
  // A browser asks before it sends; whatever it asks about, this is answered by the bucket's CORS.
  if (method === "OPTIONS") return "Preflight";
  if (bucket === "") return method === "GET" ? "ListBuckets" : "Unknown";
  const operations = key === "" ? bucketOperations : objectOperations;
  const found = operations.find(([its, name]) => its === method && (name === "" || query.has(name)));
  if (!found) return "Unknown";
  if (found[1] === "" && unknownSubresources.some((name) => query.has(name))) return "Unknown";
  const isCopy = headers["x-amz-copy-source"] !== undefined;
  if (isCopy && found[2] === "PutObject") return "CopyObject";
  if (isCopy && found[2] === "UploadPart") return "UploadPartCopy";
  return found[2];
}
