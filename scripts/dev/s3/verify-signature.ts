import { timingSafeEqual } from "node:crypto";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Manners } from "./manners/manners";
import { S3Error } from "./wire/s3-error";
import type { S3Request } from "./wire/s3-request";

export type Keys = { accessKey: string; secretKey: string };

type Signer = Keys & Pick<Manners, "headerText">;

type Signable = Parameters<SignatureV4["presign"]>[0];

const MAX_SKEW_MS = 15 * 60_000;
const PAYLOAD_HEADER = "x-amz-content-sha256";
const UNSIGNED = "UNSIGNED-PAYLOAD";

/**
 * Signs the request again with the SDK's own signer and compares, so that a client that signs wrongly learns it here.
 * The signatures of single chunks of a streamed body are not looked at, only the one that covers the headers.
 * @returns what the client says of its body: a SHA-256, UNSIGNED-PAYLOAD or STREAMING-…
 */
export async function verifySignature(request: S3Request, keys: Signer, now: Date): Promise<string> {
  if (request.query.has("X-Amz-Signature")) return await verifyPresigned(request, keys, now);
  const authorization = request.headers.authorization;
  if (!authorization) throw new S3Error("AccessDenied", "Access Denied");
  const parts = /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/.exec(
    authorization,
  );
  const [, credential = "", signedHeaders = "", signature = ""] = parts ?? [];
  const region = regionOf(credential, keys);
  const signingDate = parseDate(request.headers["x-amz-date"]);
  if (Math.abs(now.getTime() - signingDate.getTime()) > MAX_SKEW_MS) {
    throw new S3Error(
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
    );
  }
  const payload = request.headers[PAYLOAD_HEADER];
  if (!payload) throw new S3Error("InvalidRequest", `Missing required header for this request: ${PAYLOAD_HEADER}`);
  const names = new Set(signedHeaders.split(";"));
  const signed = await signer(keys, region).sign(signable(request, names, keys), {
    signingDate,
    signableHeaders: names,
  });
  compare(signature, /Signature=(\w+)/.exec(signed.headers.authorization ?? "")?.[1]);
  return payload;
}

async function verifyPresigned(request: S3Request, keys: Signer, now: Date): Promise<string> {
  const { query } = request;
  const region = regionOf(query.get("X-Amz-Credential") ?? "", keys);
  const signingDate = parseDate(query.get("X-Amz-Date"));
  const expiresIn = Number(query.get("X-Amz-Expires"));
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > 7 * 86_400) {
    throw new S3Error("InvalidArgument", "X-Amz-Expires must be between 1 and 604800 seconds");
  }
  if (signingDate.getTime() - now.getTime() > MAX_SKEW_MS)
    throw new S3Error("AccessDenied", "Request is not yet valid");
  if (now.getTime() >= signingDate.getTime() + expiresIn * 1_000)
    throw new S3Error("AccessDenied", "Request has expired");
  const names = new Set(query.get("X-Amz-SignedHeaders")?.split(";"));
  const again = signable(request, names, keys);
  delete again.query?.["X-Amz-Signature"];
  const signed = await signer(keys, region).presign(
    { ...again, headers: { ...again.headers, [PAYLOAD_HEADER]: query.get("X-Amz-Content-Sha256") ?? UNSIGNED } },
    {
      signingDate,
      expiresIn,
      // What was sent as a header was signed as one; the payload's hash counts only in the canonical request's last line.
      unhoistableHeaders: new Set([...Object.keys(again.headers), PAYLOAD_HEADER]),
      unsignableHeaders: new Set(names.has(PAYLOAD_HEADER) ? [] : [PAYLOAD_HEADER]),
      signableHeaders: names,
    },
  );
  const expected = signed.query?.["X-Amz-Signature"];
  compare(query.get("X-Amz-Signature") ?? "", typeof expected === "string" ? expected : undefined);
  return UNSIGNED;
}

function signable(request: S3Request, names: Set<string>, { headerText }: Signer): Signable {
  const { method, path, query, headers } = request;
  // Node reads a header as Latin-1; the signer writes text as UTF-8.
  const read = (value: string) => (headerText === "latin1" ? value : Buffer.from(value, "latin1").toString("utf8"));
  return {
    method,
    protocol: "http:",
    hostname: headers.host ?? "",
    path: path.split("/").map(canonical).join("/"),
    query: Object.fromEntries(query),
    headers: Object.fromEntries(
      Object.entries(headers)
        .filter(([name]) => names.has(name))
        .map(([name, value]) => [name, read(value)]),
    ),
  };
}

/** Clients differ in which characters they leave unencoded in a path; the signature covers one encoding only. */
const canonical = (segment: string) =>
  encodeURIComponent(decodeURIComponent(segment)).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const signer = (keys: Keys, region: string) =>
  new SignatureV4({
    service: "s3",
    region,
    credentials: { accessKeyId: keys.accessKey, secretAccessKey: keys.secretKey },
    sha256: Sha256,
    uriEscapePath: false,
  });

function regionOf(credential: string, keys: Keys): string {
  const parts = /^(.+)\/\d{8}\/([^/]+)\/s3\/aws4_request$/.exec(credential);
  if (!parts) throw new S3Error("AuthorizationHeaderMalformed", "The authorization header is malformed.");
  if (parts[1] !== keys.accessKey) {
    throw new S3Error("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.");
  }
  return parts[2] ?? "";
}

function parseDate(text: string | undefined): Date {
  const date = new Date((text ?? "").replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, "$1-$2-$3:$4:$5"));
  if (Number.isNaN(date.getTime())) throw new S3Error("AccessDenied", "AWS authentication requires a valid date.");
  return date;
}

function compare(given: string, expected: string | undefined) {
  const [a, b] = [Buffer.from(given), Buffer.from(expected ?? "")];
  if (expected && a.length === b.length && timingSafeEqual(a, b)) return;
  throw new S3Error(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  );
}
