import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, onTestFinished, test } from "vitest";
import { removeBucket } from "../../support/store/test-bucket";
import type { ContractServer } from "../contract-server";
import type { Expected } from "../expected";
import { ending, text } from "../helpers";

const md5Of = (body: string) => createHash("md5").update(body).digest("base64");

export function digestsContract({ client, env, put, storage }: ContractServer, expected: Expected) {
  const Bucket = env.S3_BUCKET;
  const write = (Key: string, digest: { ContentMD5?: string; ChecksumCRC32?: string }) =>
    ending(client.send(new PutObjectCommand({ Bucket, Key, Body: text("body"), ...digest })));

  describe("a digest", () => {
    test("of the body is taken, of another refused, and what is none too", async () => {
      expect(await write("digest/right", { ContentMD5: md5Of("body") })).toBe("done");
      expect(await write("digest/wrong", { ContentMD5: md5Of("another") })).toBe("BadDigest");
      expect(await write("digest/none", { ContentMD5: "short" })).toBe("InvalidDigest");
      expect(await storage.head("digest/wrong")).toBeNull();
      expect(await storage.head("digest/none")).toBeNull();
    });

    test(`that is a wrong CRC-32: ${expected.putWithWrongCrc32}`, async () => {
      const wrong = Buffer.alloc(4);
      wrong.writeUInt32BE(crc32("another"));
      const isTaken = expected.putWithWrongCrc32 === "done";
      expect(await write("digest/crc", { ChecksumCRC32: wrong.toString("base64") })).toBe(expected.putWithWrongCrc32);
      expect((await storage.head("digest/crc")) !== null).toBe(isTaken);
    });
  });

  describe("DeleteObjects", () => {
    /** Sends the call with these headers in place of the checksum that the SDK adds. */
    const deleteWith = (headersOf: (body: string) => Record<string, string>) => {
      const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "digest/deleted" }] } });
      command.middlewareStack.add(
        (next) => async (args) => {
          const request = args.request as { headers: Record<string, string>; body: string };
          for (const name of Object.keys(request.headers)) {
            if (/^x-amz-(checksum|sdk-checksum)-/.test(name)) delete request.headers[name];
          }
          Object.assign(request.headers, headersOf(request.body));
          return await next(args);
        },
        // After the SDK has added its checksum, before it signs.
        { step: "build", priority: "low" },
      );
      return ending(client.send(command));
    };

    test("with the MD5 of its list: done", async () => {
      await put("digest/deleted");
      expect(await deleteWith((body) => ({ "content-md5": md5Of(body) }))).toBe("done");
      expect(await storage.head("digest/deleted")).toBeNull();
    });

    const { withCrc32, withNothing } = expected.deleteObjects;
    test(`with a CRC-32 as the SDK sends it: ${withCrc32}; with nothing: ${withNothing}`, async () => {
      await put("digest/deleted");
      expect(await deleteWith(() => ({}))).toBe(withNothing);
      await put("digest/deleted");
      const objects = { Bucket, Delete: { Objects: [{ Key: "digest/deleted" }] } };
      expect(await ending(client.send(new DeleteObjectsCommand(objects)))).toBe(withCrc32);
      expect((await storage.head("digest/deleted")) === null).toBe(withCrc32 === "done");
    });
  });

  if (expected.lockedPutWithoutDigest !== null)
    describe("a bucket with Object Lock", () => {
      test(`keeps versions; a put without a digest: ${expected.lockedPutWithoutDigest}, with one: done`, async () => {
        const locked = { Bucket: `contract-${randomBytes(6).toString("hex")}` };
        await client.send(new CreateBucketCommand({ ...locked, ObjectLockEnabledForBucket: true }));
        onTestFinished(() => removeBucket(client, locked.Bucket));
        expect(await client.send(new GetBucketVersioningCommand(locked))).toMatchObject({ Status: "Enabled" });
        const write = (digest: object) =>
          ending(client.send(new PutObjectCommand({ ...locked, Key: "a", Body: text("body"), ...digest })));
        expect(await write({})).toBe(expected.lockedPutWithoutDigest);
        expect(await write({ ContentMD5: md5Of("body") })).toBe("done");
      });
    });
}
