import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import type { ContractServer } from "../contract-server";
import type { Expected } from "../expected";
import { ending, text } from "../helpers";

const OTHER_ETAG = '"d41d8cd98f00b204e9800998ecf8427e"';

export function conditionsContract({ client, env, put, storage }: ContractServer, expected: Expected) {
  const Bucket = env.S3_BUCKET;
  const write = (Key: string, body: string, condition: { IfNoneMatch?: string; IfMatch?: string }) =>
    ending(client.send(new PutObjectCommand({ Bucket, Key, Body: text(body), ...condition })));
  const create = (key: string, body: string) => write(key, body, { IfNoneMatch: "*" });
  const read = async (key: string) => (await storage.get(key)).body.toString();

  describe("a create-only put", () => {
    const { overExisting, afterDelete, winnersOfTen } = expected.createOnly;

    test(`over an object: ${overExisting}`, async () => {
      await put("create/once", text("first"));
      expect(await create("create/once", "second")).toBe(overExisting);
      expect(await read("create/once")).toBe(overExisting === "done" ? "second" : "first");
    });

    test(`of what was deleted: ${afterDelete}`, async () => {
      await put("create/again", text("first"));
      await storage.delete("create/again");
      expect(await create("create/again", "second")).toBe(afterDelete);
      expect((await storage.head("create/again")) !== null).toBe(afterDelete === "done");
    });

    test(`of ten at once: ${winnersOfTen} of them`, async () => {
      const bodies = Array.from({ length: 10 }, (_, n) => `writer ${n}`);
      const endings = await Promise.all(bodies.map((body) => create("create/race", body)));
      expect(endings.filter((one) => one === "done")).toHaveLength(winnersOfTen);
      const losers = endings.filter((one) => one !== "done");
      expect(new Set(losers)).toEqual(new Set(winnersOfTen === 10 ? [] : [overExisting]));
      if (winnersOfTen === 1) expect(await read("create/race")).toBe(bodies[endings.indexOf("done")]);
    });
  });

  describe("a put with If-Match", () => {
    const { wrong, right, bare, onNothing } = expected.ifMatch;

    test(`over another object: ${wrong}, over the one that it names: ${right}, without quotes: ${bare}`, async () => {
      const { etag } = await put("match/this", text("first"));
      expect(await write("match/this", "second", { IfMatch: OTHER_ETAG })).toBe(wrong);
      expect(await read("match/this")).toBe("first");
      expect(await write("match/this", "third", { IfMatch: `"${etag}"` })).toBe(right);
      expect(await read("match/this")).toBe(right === "done" ? "third" : "first");
      const now = (await storage.head("match/this"))?.etag;
      expect(await write("match/this", "fourth", { IfMatch: now ?? "" })).toBe(bare);
      expect(await read("match/this")).toBe(bare === "done" ? "fourth" : "first");
    });

    test(`over nothing: ${onNothing}`, async () => {
      expect(await write("match/nothing", "body", { IfMatch: OTHER_ETAG })).toBe(onNothing);
      expect(await storage.head("match/nothing")).toBeNull();
    });
  });

  describe("a conditional copy", () => {
    const { createOnly, ifMatchWrong } = expected.copyOverExisting;
    const copy = (Key: string, condition: object) =>
      ending(
        client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/condition/source`, ...condition })),
      );

    test(`onto an object, create-only: ${createOnly}, with another's ETag: ${ifMatchWrong}`, async () => {
      await put("condition/source", text("source"));
      await put("condition/target", text("target"));
      expect(await copy("condition/target", { IfNoneMatch: "*" })).toBe(createOnly);
      expect(await read("condition/target")).toBe(createOnly === "done" ? "source" : "target");
      await put("condition/target", text("target"));
      expect(await copy("condition/target", { IfMatch: OTHER_ETAG })).toBe(ifMatchWrong);
      expect(await read("condition/target")).toBe(ifMatchWrong === "done" ? "source" : "target");
    });

    test(`of a source that is another than named: ${expected.copyOfWrongSource}`, async () => {
      await put("condition/source", text("source"));
      expect(await copy("condition/copy", { CopySourceIfMatch: OTHER_ETAG })).toBe(expected.copyOfWrongSource);
      expect((await storage.head("condition/copy")) !== null).toBe(expected.copyOfWrongSource === "done");
    });
  });

  describe("a conditional delete", () => {
    const remove = (Key: string, IfMatch: string) =>
      ending(client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch })));

    test(`of another object than named: ${expected.deleteIfMatchWrong}; of the one named: done`, async () => {
      const { etag } = await put("condition/deleted", text("body"));
      expect(await remove("condition/deleted", OTHER_ETAG)).toBe(expected.deleteIfMatchWrong);
      expect((await storage.head("condition/deleted")) !== null).toBe(expected.deleteIfMatchWrong !== "done");
      expect(await remove("condition/deleted", `"${etag}"`)).toBe("done");
      expect(await storage.head("condition/deleted")).toBeNull();
    });
  });
}
