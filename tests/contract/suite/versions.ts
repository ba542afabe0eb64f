import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import type { ContractServer } from "../contract-server";
import type { Expected } from "../expected";
import { ending, text } from "../helpers";

export function versionsContract({ client, env, listKeys, put, storage }: ContractServer, expected: Expected) {
  const Bucket = env.S3_BUCKET;
  const write = (Key: string, body: string) => client.send(new PutObjectCommand({ Bucket, Key, Body: text(body) }));
  const read = async (Key: string, VersionId?: string) =>
    (await client.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();
  const remove = (Key: string, VersionId?: string) => client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));

  const decode = (key = "") => decodeURIComponent(key.replaceAll("+", " "));

  /** All versions below a prefix in order; on a page, versions come before delete markers. */
  async function list(Prefix: string, MaxKeys?: number) {
    const found: { key: string; id: string; isMarker: boolean; isLatest: boolean }[] = [];
    const pageSizes: number[] = [];
    let at: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (at) {
      const page: ListObjectVersionsCommandOutput = await client.send(
        new ListObjectVersionsCommand({ Bucket, Prefix, MaxKeys, EncodingType: "url", ...at }),
      );
      const versions = (page.Versions ?? []).map((one) => ({ ...one, isMarker: false }));
      const markers = (page.DeleteMarkers ?? []).map((one) => ({ ...one, isMarker: true }));
      pageSizes.push(versions.length + markers.length);
      found.push(
        ...[...versions, ...markers].map(({ Key = "", VersionId = "", IsLatest = false, isMarker }) => ({
          key: decode(Key),
          id: VersionId,
          isLatest: IsLatest,
          isMarker,
        })),
      );
      at = page.IsTruncated
        ? { KeyMarker: decode(page.NextKeyMarker), VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    return { found, pageSizes };
  }
  if (expected.versions === "none")
    describe("a bucket without versions", () => {
      test("gives no version ids, and keeps nothing of what was replaced or deleted", async () => {
        expect((await write("versions/a", "first")).VersionId).toBeUndefined();
        await write("versions/a", "second");
        expect((await list("versions/")).found).toEqual([
          { key: "versions/a", id: "null", isLatest: true, isMarker: false },
        ]);
        expect(await remove("versions/a")).not.toHaveProperty("DeleteMarker");
        expect((await list("versions/")).found).toEqual([]);
      });
    });

  if (expected.versions === "every")
    describe("a bucket with versions", () => {
      test("keeps what is replaced, readable by its id", async () => {
        const first = await write("versions/replaced", "first");
        const second = await write("versions/replaced", "second");
        expect(first.VersionId).not.toBe(second.VersionId);
        expect(await read("versions/replaced")).toBe("second");
        expect(await read("versions/replaced", first.VersionId)).toBe("first");
        expect((await list("versions/replaced")).found).toEqual([
          { key: "versions/replaced", id: second.VersionId, isLatest: true, isMarker: false },
          { key: "versions/replaced", id: first.VersionId, isLatest: false, isMarker: false },
        ]);
      });

      test("hides what is deleted behind a marker, and shows it again when the marker goes", async () => {
        await write("versions/hidden", "body");
        const { DeleteMarker, VersionId } = await remove("versions/hidden");
        expect(DeleteMarker).toBe(true);
        expect(await storage.head("versions/hidden")).toBeNull();
        expect((await listKeys({ prefix: "versions/hidden" })).keys).toEqual([]);
        expect((await list("versions/hidden")).found).toMatchObject([
          { isMarker: false, isLatest: false },
          { id: VersionId, isMarker: true, isLatest: true },
        ]);
        await remove("versions/hidden", VersionId);
        expect(await read("versions/hidden")).toBe("body");
        expect((await listKeys({ prefix: "versions/hidden" })).keys).toEqual(["versions/hidden"]);
      });

      test("lets the version below come up when the latest is removed", async () => {
        await write("versions/below", "first");
        const second = await write("versions/below", "second");
        await remove("versions/below", second.VersionId);
        expect(await read("versions/below")).toBe("first");
        expect((await list("versions/below")).found).toMatchObject([{ isLatest: true }]);
      });

      test("removes one version of many for good, and no other", async () => {
        const ids: (string | undefined)[] = [];
        for (const body of ["1", "2", "3"]) ids.push((await write("versions/many", body)).VersionId);
        await remove("versions/many", ids[1]);
        expect((await list("versions/many")).found.map((one) => one.id)).toEqual([ids[2], ids[0]]);
        expect(await read("versions/many", ids[0])).toBe("1");
        expect(await ending(read("versions/many", ids[1]))).toBe(expected.unknownVersion);
      });

      test("copies a version by its id", async () => {
        const { VersionId } = await write("versions/source", "first");
        await write("versions/source", "second");
        const CopySource = `${Bucket}/versions/source?versionId=${VersionId}`;
        await client.send(new CopyObjectCommand({ Bucket, Key: "versions/copy", CopySource }));
        expect(await read("versions/copy")).toBe("first");
      });

      test("keeps what a copy replaces", async () => {
        await put("versions/copied-from", text("new"));
        const { VersionId } = await write("versions/copied-to", "old");
        await storage.copy("versions/copied-from", "versions/copied-to");
        expect(await read("versions/copied-to", VersionId)).toBe("old");
      });

      test(`answers for what is deleted: ${expected.deleted.get}, for the marker ${expected.deleted.getMarker}`, async () => {
        await write("versions/gone", "body");
        const { VersionId } = await remove("versions/gone");
        const told = await read("versions/gone").catch((error: { $response?: { headers: object } }) => error);
        expect(told).toMatchObject({ name: expected.deleted.get });
        const headers = typeof told === "object" ? told.$response?.headers : {};
        if (expected.deleted.isMarkerTold) expect(headers).toMatchObject({ "x-amz-delete-marker": "true" });
        else expect(headers).not.toHaveProperty("x-amz-delete-marker");
        expect(await ending(read("versions/gone", VersionId))).toBe(expected.deleted.getMarker);
      });

      test(`has ${expected.deleted.deletedTwice} marker(s) of what is deleted twice`, async () => {
        await write("versions/twice", "body");
        await remove("versions/twice");
        await remove("versions/twice");
        const markers = (await list("versions/twice")).found.filter((one) => one.isMarker);
        expect(markers).toHaveLength(expected.deleted.deletedTwice);
      });

      test("deletes versions by the list", async () => {
        const first = await write("versions/list", "first");
        const second = await write("versions/list", "second");
        const Objects = [first, second].map(({ VersionId }) => ({ Key: "versions/list", VersionId }));
        for (const { Key, VersionId } of Objects.slice(1)) await remove(Key, VersionId);
        expect(await storage.deleteMany(["versions/list"])).toEqual([]);
        const { found } = await list("versions/list");
        expect(found).toMatchObject([{ isMarker: false }, { isMarker: true, isLatest: true }]);
        if (expected.deleteObjects.withCrc32 === "done") {
          const left = found.map(({ key, id }) => ({ Key: key, VersionId: id }));
          await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: left } }));
          expect((await list("versions/list")).found).toEqual([]);
        }
      });
    });

  if (expected.versions === "replaced")
    describe("a bucket that kept versions once", () => {
      test("writes and deletes the version that has no id", async () => {
        await write("versions/null", "first");
        await write("versions/null", "second");
        const alone = { key: "versions/null", id: "null", isLatest: true };
        expect((await list("versions/null")).found).toEqual([{ ...alone, isMarker: false }]);
        expect(await read("versions/null", "null")).toBe("second");
        expect(await remove("versions/null")).toMatchObject({ DeleteMarker: true, VersionId: "null" });
        expect((await list("versions/null")).found).toEqual([{ ...alone, isMarker: true }]);
        expect((await listKeys({ prefix: "versions/null" })).keys).toEqual([]);
        expect(await storage.head("versions/null")).toBeNull();
        await remove("versions/null", "null");
        expect((await list("versions/null")).found).toEqual([]);
      });
    });

  test("a listing of versions comes in pages, complete and in order", async () => {
    const keys = ["a b+c", "한글", "x/1", "x/2"].map((name) => `paged/${name}`).sort();
    for (const key of keys) for (const body of ["1", "2"]) await write(key, body);
    const { found, pageSizes } = await list("paged/", 3);
    const expectedKeys = expected.versions === "every" ? keys.flatMap((key) => [key, key]) : keys;
    expect(found.map((one) => one.key)).toEqual(expectedKeys);
    expect(new Set(found.map((one) => `${one.key} ${one.id}`)).size).toBe(expectedKeys.length);
    expect(found.filter((one) => one.isLatest).map((one) => one.key)).toEqual(keys);
    expect(pageSizes).toEqual(expected.versions === "every" ? [3, 3, 2] : [3, 1]);
  });

  test("a listing of versions folds subfolders", async () => {
    for (const key of ["folded/a", "folded/b/1", "folded/b/2", "folded/c"]) await write(key, "body");
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: "folded/", Delimiter: "/" }));
    expect(page.Versions?.map((one) => one.Key)).toEqual(["folded/a", "folded/c"]);
    expect(page.CommonPrefixes).toEqual([{ Prefix: "folded/b/" }]);
  });
}
