import type { S3Context } from "../s3-context";
import { S3Error } from "../wire/s3-error";
import type { Reply, S3Request } from "../wire/s3-request";
import { xmlDocument, xmlElements, xmlText } from "../wire/xml";
import { requireBucket } from "./bucket-operations";
import { receiveDocument } from "./receive-body";

/** The CORS of a bucket that pages of one origin may read from and put to. */
export const allowedPages = (origin: string): string =>
  xmlDocument("CORSConfiguration", {
    CORSRule: {
      AllowedOrigin: origin,
      AllowedMethod: ["GET", "HEAD", "PUT"],
      AllowedHeader: ["Range", "If-Match", "If-None-Match"],
      ExposeHeader: ["ETag", "Content-Length", "Content-Range"],
      MaxAgeSeconds: 3_600,
    },
  });

export function getBucketCors(context: S3Context, { bucket }: S3Request): Reply {
  const { cors } = requireBucket(context, bucket);
  if (cors === null) throw new S3Error("NoSuchCORSConfiguration", "The CORS configuration does not exist");
  return { status: 200, headers: { "content-type": "application/xml" }, body: cors };
}

export async function putBucketCors(context: S3Context, request: S3Request, payload: string): Promise<Reply> {
  requireBucket(context, request.bucket);
  const document = await receiveDocument(context, request, payload);
  const isWhole = xmlElements(document, "CORSRule").every((rule) => xmlText(rule, "AllowedMethod") !== undefined);
  if (xmlText(document, "AllowedOrigin") === undefined || !isWhole) {
    throw new S3Error("MalformedXML", "The XML you provided was not well-formed or did not validate.");
  }
  context.index.setCors(request.bucket, document);
  return { status: 200 };
}

export function deleteBucketCors(context: S3Context, { bucket }: S3Request): Reply {
  requireBucket(context, bucket);
  context.index.setCors(bucket, null);
  return { status: 204 };
}

/** What a browser asks before a page of another origin may send its request. */
export function preflight(context: S3Context, request: S3Request): Reply {
  requireBucket(context, request.bucket);
  const method = request.headers["access-control-request-method"] ?? "";
  const asked = namesOf(request.headers["access-control-request-headers"] ?? "");
  const rule = findRule(context, request, method, asked);
  if (!rule) throw new S3Error("AccessForbidden", "CORSResponse: This CORS request is not allowed.");
  return {
    status: 200,
    headers: {
      "access-control-allow-methods": rule.methods.join(", "),
      ...(asked.length > 0 && { "access-control-allow-headers": asked.join(", ") }),
      ...(rule.maxAge && { "access-control-max-age": rule.maxAge }),
    },
  };
}

/** What every answer to a page of an origin that the bucket admits says. */
export function corsHeaders(context: S3Context, request: S3Request): Record<string, string> {
  const { origin, "access-control-request-method": asked } = request.headers;
  const rule = origin === undefined ? null : findRule(context, request, asked ?? request.method, []);
  if (!rule) return {};
  return {
    "access-control-allow-origin": origin ?? "",
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
    ...(rule.exposed.length > 0 && { "access-control-expose-headers": rule.exposed.join(", ") }),
  };
}

type Rule = { origins: string[]; methods: string[]; headers: string[]; exposed: string[]; maxAge: string | undefined };

function findRule(context: S3Context, { bucket, headers }: S3Request, method: string, asked: string[]): Rule | null {
  const document = context.index.bucket(bucket)?.cors;
  if (!document) return null;
  const fits = (allowed: string[], name: string) => allowed.some((one) => one === "*" || one === name);
  const rules = xmlElements(document, "CORSRule").map(readRule);
  const found = rules.find(
    (rule) =>
      fits(rule.origins, headers.origin ?? "") &&
      rule.methods.includes(method) &&
      asked.every((name) => fits(rule.headers, name)),
  );
  return found ?? null;
}

const readRule = (rule: string): Rule => ({
  origins: xmlElements(rule, "AllowedOrigin"),
  methods: xmlElements(rule, "AllowedMethod"),
  headers: xmlElements(rule, "AllowedHeader").map((name) => name.toLowerCase()),
  exposed: xmlElements(rule, "ExposeHeader"),
  maxAge: xmlText(rule, "MaxAgeSeconds"),
});

const namesOf = (list: string): string[] =>
  list
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
