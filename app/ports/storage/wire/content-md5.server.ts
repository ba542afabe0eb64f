import { createHash } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { isRequest } from "./middleware.server";

/** As S3's header Content-MD5 has it. */
export const contentMd5 = (body: string | Uint8Array) => createHash("md5").update(body).digest("base64");

/**
 * Sends Content-MD5 wherever S3 asks for a checksum and the SDK sends AWS's CRC32: stores that are older than that
 * refuse DeleteObjects, tags and ACLs without Content-MD5 (aws-sdk-js-v3#6920), and every store takes it.
 */
export function preferContentMd5(client: S3Client): void {
  client.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (isRequest(request) && (typeof request.body === "string" || request.body instanceof Uint8Array)) {
        const names = Object.keys(request.headers).filter((name) => SDK_CHECKSUM.test(name));
        for (const name of names) delete request.headers[name];
        if (names.length > 0) request.headers["content-md5"] = contentMd5(request.body);
      }
      return next(args);
    },
    // After the SDK's checksums, before the signature.
    { step: "build", priority: "low", name: "preferContentMd5" },
  );
}

const SDK_CHECKSUM = /^x-amz-(checksum-|sdk-checksum-algorithm)/i;
