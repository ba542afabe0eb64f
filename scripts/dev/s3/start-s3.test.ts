import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { describe, expect, onTestFinished, test } from "vitest";
import { createStorage } from "~/ports/storage.server";
import { startTestS3 } from "../../../tests/support/store/s3";
import { startS3 } from "./start-s3";

// What the contract suite does not cover: what only this server has, and what other clients than the app use.

const keys = { accessKey: "local", secretKey: "local-secret" };
const text = { contentType: "text/plain" };

function dataFolder() {
  const folder = mkdtempSync(join(tmpdir(), "local-s3-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const storageAt = (url: string) =>
  createStorage({
    S3_BUCKET: "kept",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: keys.accessKey,
    AWS_SECRET_ACCESS_KEY: keys.secretKey,
    AWS_ENDPOINT_URL_S3: url,
    S3_FORCE_PATH_STYLE: true,
  });

async function startWithClient() {
  const s3 = await startTestS3();
  const client = new S3Client({
    region: "us-east-1",
    endpoint: s3.env.AWS_ENDPOINT_URL_S3,
    forcePathStyle: true,
    credentials: { accessKeyId: s3.env.AWS_ACCESS_KEY_ID, secretAccessKey: s3.env.AWS_SECRET_ACCESS_KEY },
  });
  onTestFinished(() => client.destroy());
  return { ...s3, client, Bucket: s3.env.S3_BUCKET, url: s3.env.AWS_ENDPOINT_URL_S3 };
}

describe("the folder", () => {
  test("keeps small and large objects over a restart", async () => {
    const dataDir = dataFolder();
    const large = Buffer.alloc(200_000, "large");
    const first = await startS3({ port: 0, dataDir, buckets: ["kept"], ...keys });
    const storage = storageAt(first.url);
    await storage.put("small", Buffer.from("small"), { ...text, metadata: { note: "kept" } });
    await storage.put("large", large, text);
    await storage.copy("large", "copy of large");
    await storage.delete("large");
    await first.close();

    const second = await startS3({ port: 0, dataDir, buckets: ["kept"], ...keys });
    onTestFinished(() => second.close());
    const again = storageAt(second.url);
    expect(await again.get("small")).toMatchObject({
      head: { contentType: "text/plain", metadata: { note: "kept" } },
      body: Buffer.from("small"),
    });
    expect((await again.get("copy of large")).body.equals(large)).toBe(true);
    expect(await again.head("large")).toBeNull();
  });

  test("is served by one process only, which goes on undisturbed", async () => {
    const dataDir = dataFolder();
    const first = await startS3({ port: 0, dataDir, buckets: ["kept"], ...keys });
    onTestFinished(() => first.close());
    await expect(startS3({ port: 0, dataDir, buckets: [], ...keys })).rejects.toThrow(/Another process has .* open/);
    await storageAt(first.url).put("a", Buffer.alloc(100_000), text);
    expect(await storageAt(first.url).head("a")).toMatchObject({ bytes: 100_000 });
  });

  test("is not touched when the port is in use", async () => {
    const first = await startS3({ port: 0, dataDir: dataFolder(), buckets: [], ...keys });
    onTestFinished(() => first.close());
    const port = Number(new URL(first.url).port);
    const starting = startS3({ port, dataDir: dataFolder(), buckets: [], ...keys });
    await expect(starting).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

describe("clients other than the app", () => {
  test("upload in parts", async () => {
    const { client, Bucket, storage } = await startWithClient();
    const upload = { Bucket, Key: "parts/of it" };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...upload, ContentType: "image/tiff" }));
    const bodies = [Buffer.alloc(5 * 1024 * 1024, "a"), Buffer.alloc(1_000, "b")];
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (const [at, Body] of bodies.entries()) {
      const PartNumber = at + 1;
      const { ETag } = await client.send(new UploadPartCommand({ ...upload, UploadId, PartNumber, Body }));
      Parts.push({ PartNumber, ETag });
    }
    const complete = (parts: typeof Parts) =>
      client.send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload: { Parts: parts } }));
    await expect(complete([...Parts].reverse())).rejects.toMatchObject({ name: "InvalidPartOrder" });
    await expect(complete([{ PartNumber: 7, ETag: '"none"' }])).rejects.toMatchObject({ name: "InvalidPart" });
    expect(await storage.head("parts/of it")).toBeNull();
    await complete(Parts);
    const { head, body } = await storage.get("parts/of it");
    expect(head).toMatchObject({ contentType: "image/tiff", etag: expect.stringMatching(/^[0-9a-f]{32}-2$/) });
    expect(body.equals(Buffer.concat(bodies))).toBe(true);
    await expect(complete(Parts)).rejects.toMatchObject({ name: "NoSuchUpload" });
  });

  test("give an upload up", async () => {
    const { client, Bucket } = await startWithClient();
    const upload = { Bucket, Key: "given up" };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(upload));
    await client.send(new AbortMultipartUploadCommand({ ...upload, UploadId }));
    const part = client.send(new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: "late" }));
    await expect(part).rejects.toMatchObject({ name: "NoSuchUpload" });
  });

  test("stream bodies in chunks with a checksum behind them, the SDK's own default", async () => {
    const { client, Bucket, storage } = await startWithClient();
    const body = Buffer.alloc(150_000, "streamed ");
    const pieces = Array.from({ length: 15 }, (_, n) => body.subarray(n * 10_000, (n + 1) * 10_000));
    await client.send(
      new PutObjectCommand({ Bucket, Key: "streamed", Body: Readable.from(pieces), ContentLength: body.length }),
    );
    expect((await storage.get("streamed")).body.equals(body)).toBe(true);
  });

  test("say what their body's MD5 is, and learn when it is not", async () => {
    const { client, Bucket, storage } = await startWithClient();
    const put = client.send(
      new PutObjectCommand({ Bucket, Key: "a", Body: "body", ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" }),
    );
    await expect(put).rejects.toMatchObject({ name: "BadDigest" });
    expect(await storage.head("a")).toBeNull();
  });

  test("put through a presigned link", async () => {
    const { client, Bucket, storage } = await startWithClient();
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: "by link" }), { expiresIn: 60 });
    expect((await fetch(url, { method: "PUT", body: "sent" })).status).toBe(200);
    expect((await storage.get("by link")).body.toString()).toBe("sent");
    expect((await fetch(url)).status).toBe(403);
  });

  test("ask for an object if it has not changed", async () => {
    const { client, Bucket, storage } = await startWithClient();
    const { etag } = await storage.put("a", Buffer.from("body"), text);
    const get = (IfMatch: string) => client.send(new GetObjectCommand({ Bucket, Key: "a", IfMatch }));
    expect(await (await get(`"${etag}"`)).Body?.transformToString()).toBe("body");
    await expect(get('"another"')).rejects.toMatchObject({ name: "PreconditionFailed" });
  });

  test("list the older way, from marker to marker", async () => {
    const { client, Bucket, storage } = await startWithClient();
    const names = ["a/1", "a/2", "b", "c/1", "d"];
    for (const name of names) await storage.put(name, Buffer.from("x"), text);
    const list = async (Delimiter?: string) => {
      const found: (string | undefined)[] = [];
      let Marker: string | undefined;
      do {
        const page = await client.send(new ListObjectsCommand({ Bucket, Delimiter, Marker, MaxKeys: 1 }));
        found.push(
          ...(page.Contents ?? []).map((one) => one.Key),
          ...(page.CommonPrefixes ?? []).map((one) => one.Prefix),
        );
        Marker = page.IsTruncated ? page.NextMarker : undefined;
      } while (Marker);
      return found;
    };
    expect(await list()).toEqual(names);
    expect(await list("/")).toEqual(["a/", "b", "c/", "d"]);
  });

  test("list buckets", async () => {
    const { client, Bucket } = await startWithClient();
    expect((await client.send(new ListBucketsCommand())).Buckets).toMatchObject([{ Name: Bucket }]);
  });

  test("are told what it does not do, instead of something else being done", async () => {
    const { client, Bucket, storage } = await startWithClient();
    await storage.put("a", Buffer.from("body"), text);
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: "a" }));
    const withAcl = new URL(url);
    withAcl.searchParams.set("acl", "");
    expect((await fetch(withAcl, { method: "PUT", body: "<acl/>" })).status).toBe(403);
    expect((await storage.get("a")).body.toString()).toBe("body");
  });
});

describe("a signature", () => {
  test("dated more than 15 minutes ahead is refused", async () => {
    const { env, storage } = await startTestS3();
    await storage.put("a", Buffer.from("body"), text);
    const ahead = (minutes: number) =>
      createStorage(env, { clock: { now: () => new Date(Date.now() + minutes * 60_000) } }).presignGet("a", {
        windowSeconds: 1,
      });
    expect((await fetch(await ahead(16))).status).toBe(403);
    const soon = await fetch(await ahead(14));
    expect(await soon.text()).toBe("body");
  });

  test("that is none is refused with S3's own words", async () => {
    const { url, Bucket } = await startWithClient();
    const response = await fetch(`${url}/${Bucket}?list-type=2`);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("<Code>AccessDenied</Code>");
    const forged = await fetch(`${url}/${Bucket}?list-type=2`, {
      headers: { authorization: "Basic bG9jYWw6bG9jYWw=" },
    });
    expect(await forged.text()).toContain("<Code>AuthorizationHeaderMalformed</Code>");
  });
});

describe("the control endpoint", () => {
  test("sets faults and counts requests of a server in another process", async () => {
    const { url, storage } = await startWithClient();
    const setFaults = (body: string) =>
      fetch(`${url}/_local/faults`, { method: "PUT", body, headers: { "content-type": "application/json" } });
    expect((await setFaults('{"faults":[{"operation":"GetObject","status":403,"times":1}]}')).status).toBe(200);
    await expect(storage.get("a")).rejects.toMatchObject({ code: "denied" });
    await expect(storage.get("a")).rejects.toMatchObject({ code: "not-found" });
    const requests = await (await fetch(`${url}/_local/requests`)).json();
    expect(requests.byOperation).toEqual({ GetObject: 2 });
    expect(requests.recent[0]).toEqual({ operation: "GetObject", bucket: "test-bucket", key: "a", status: 403 });
    await fetch(`${url}/_local/requests`, { method: "DELETE" });
    expect((await (await fetch(`${url}/_local/requests`)).json()).total).toBe(0);
  });

  test("takes a fault at each so manyth request that it fits, so many times", async () => {
    const { url, storage } = await startWithClient();
    const body = JSON.stringify({ faults: [{ operation: "GetObject", status: 403, every: 3, times: 2 }] });
    await fetch(`${url}/_local/faults`, { method: "PUT", body, headers: { "content-type": "application/json" } });
    const answers: string[] = [];
    for (let n = 0; n < 10; n++) {
      await storage.head("a");
      answers.push(await storage.get("a").catch(({ code }) => code));
    }
    expect(answers.flatMap((code, at) => (code === "denied" ? [at + 1] : []))).toEqual([3, 6]);
  });

  test("refuses a fault it does not know", async () => {
    const { url } = await startWithClient();
    for (const body of ['{"faults":[{"explode":true}]}', "not json"]) {
      const response = await fetch(`${url}/_local/faults`, {
        method: "PUT",
        body,
        headers: { "content-type": "application/json" },
      });
      expect(response.status).toBe(400);
    }
  });
});
