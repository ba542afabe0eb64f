import { PutBucketCorsCommand } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import type { UploadInParts } from "~/ports/storage.server";
import type { ContractServer } from "../contract-server";
import type { Expected } from "../expected";
import { ending, text } from "../helpers";

const PART_BYTES = 5 * 1024 * 1024;
const origin = "https://ops.example.com";

export function uploadsContract({ storage, client, env, storageWith }: ContractServer, expected: Expected) {
  const create = (key: string) => storage.createUpload(key, { contentType: "image/png" });
  const link = (upload: UploadInParts, number: number, bytes: number) =>
    storage.presignPart(upload, { number, bytes, seconds: 60 });
  /** As a browser sends it: a length, and no type. */
  const send = async (address: string, body: Buffer) =>
    (await fetch(address, { method: "PUT", body: new Uint8Array(body) })).status;
  const putPart = async (upload: UploadInParts, number: number, body: Buffer) =>
    send(await link(upload, number, body.length), body);

  describe("an upload in parts, by links", () => {
    test("is seen once it is complete, and with it the type that it was begun with", async () => {
      const upload = await create("parts/whole (1) é.png");
      const [first, last] = [Buffer.alloc(PART_BYTES, "a"), text("the end")];
      expect(await storage.listParts(upload)).toEqual([]);
      expect(await putPart(upload, 2, last)).toBe(200);
      expect(await putPart(upload, 1, first)).toBe(200);
      expect(await storage.head(upload.key)).toBeNull();
      const parts = (await storage.listParts(upload)) ?? [];
      expect(parts).toMatchObject([
        { number: 1, bytes: PART_BYTES },
        { number: 2, bytes: last.length },
      ]);
      const { etag } = await storage.completeUpload(upload, parts);
      const { head, body } = await storage.get(upload.key);
      expect([head.contentType, head.etag, body.equals(Buffer.concat([first, last]))]).toEqual([
        "image/png",
        etag,
        true,
      ]);
      expect(await storage.listParts(upload)).toBeNull();
      // AWS knows no more of it; Ceph says once more what it became, but not as which version.
      const again = await storage.completeUpload(upload, parts).then(
        (written) => written.etag,
        (error: { code: string }) => error.code,
      );
      expect([etag, "not-found"]).toContain(again);
    });

    test("may be one short part", async () => {
      const upload = await create("parts/short.png");
      await putPart(upload, 1, text("short"));
      await storage.completeUpload(upload, (await storage.listParts(upload)) ?? []);
      expect((await storage.get(upload.key)).body).toEqual(text("short"));
    });

    test("has of a part what was sent last", async () => {
      const upload = await create("parts/again.png");
      await putPart(upload, 1, text("once"));
      await putPart(upload, 1, text("once more"));
      expect(await storage.listParts(upload)).toMatchObject([{ number: 1, bytes: 9 }]);
    });

    test("takes of a part just the bytes that were signed, by PUT, at its number", async () => {
      const upload = await create("parts/signed.png");
      const address = new URL(await link(upload, 1, 6));
      expect(address.searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;host");
      expect(await send(String(address), text("longer than signed"))).toBe(403);
      const other = new URL(address);
      other.searchParams.set("partNumber", "2");
      expect(await send(String(other), text("signed"))).toBe(403);
      expect(await storage.listParts(upload)).toEqual([]);
      expect(await send(String(address), text("signed"))).toBe(200);
    });

    test("takes no part once a link has run out", async () => {
      const upload = await create("parts/late.png");
      const ago = storageWith({}, { clock: { now: () => new Date(Date.now() - 61_000) } });
      expect(await send(await ago.presignPart(upload, { number: 1, bytes: 4, seconds: 60 }), text("late"))).toBe(403);
    });

    test("is gone when it is given up, however often", async () => {
      const upload = await create("parts/given-up.png");
      await putPart(upload, 1, text("part"));
      await storage.abortUpload(upload);
      await storage.abortUpload(upload);
      expect(await storage.listParts(upload)).toBeNull();
      expect(await putPart(upload, 1, text("part"))).toBe(404);
      expect(await storage.head(upload.key)).toBeNull();
    });
  });

  test("pages may put objects from a browser once the bucket's CORS says so", async () => {
    expect(await storage.admitsPages(origin)).toBe(false);
    const rule = { AllowedOrigins: [origin], AllowedMethods: ["GET", "PUT"], ExposeHeaders: ["ETag"] };
    const put = new PutBucketCorsCommand({ Bucket: env.S3_BUCKET, CORSConfiguration: { CORSRules: [rule] } });
    expect(await ending(client.send(put))).toBe(expected.cors);
    expect(await storage.admitsPages(origin)).toBe(expected.cors === "done");
    expect(await storage.admitsPages("https://elsewhere.example.com")).toBe(false);
    if (expected.cors !== "done") return;
    const upload = await create("parts/by a page.png");
    const answer = await fetch(await link(upload, 1, 4), {
      method: "PUT",
      headers: { Origin: origin },
      body: text("part"),
    });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, origin]);
    expect(answer.headers.get("access-control-expose-headers")?.toLowerCase()).toContain("etag");
  });
}
