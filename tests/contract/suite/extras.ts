import {
  CopyObjectCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import type { ContractServer } from "../contract-server";
import type { Expected } from "../expected";
import { ending, text } from "../helpers";

/** What hangs on an object beside its bytes and the headers of every answer. */
export function extrasContract({ client, env, listKeys, put, storage }: ContractServer, expected: Expected) {
  const Bucket = env.S3_BUCKET;
  const write = (Key: string, input: Partial<PutObjectCommandInput>) =>
    ending(client.send(new PutObjectCommand({ Bucket, Key, Body: text("body"), ...input })));
  const copy = (from: string, Key: string, input: object = {}) =>
    ending(client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${from}`, ...input })));
  const head = (Key: string) => client.send(new HeadObjectCommand({ Bucket, Key }));

  describe("tags", () => {
    const tagsOf = async (Key: string) => {
      const { TagSet = [] } = await client.send(new GetObjectTaggingCommand({ Bucket, Key }));
      return Object.fromEntries(TagSet.map((tag) => [tag.Key, tag.Value]));
    };

    test(`in a put: ${expected.tags.put}`, async () => {
      expect(await write("tags/put", { Tagging: "project=spring%20sale&owner=%EB%AF%BC%EC%95%84" })).toBe(
        expected.tags.put,
      );
      if (expected.tags.put !== "done") return expect(await storage.head("tags/put")).toBeNull();
      expect(await tagsOf("tags/put")).toEqual({ project: "spring sale", owner: "민아" });
      expect((await head("tags/put")).TagCount).toBe(2);
    });

    test(`set later: ${expected.tags.set}`, async () => {
      await put("tags/set");
      const Tagging = { TagSet: [{ Key: "a & b", Value: "<1>" }] };
      const set = client.send(new PutObjectTaggingCommand({ Bucket, Key: "tags/set", Tagging }));
      expect(await ending(set)).toBe(expected.tags.set);
      if (expected.tags.set === "done") expect(await tagsOf("tags/set")).toEqual({ "a & b": "<1>" });
    });

    test(`of a copy that asks for others: ${expected.tags.copyWithOthers}`, async () => {
      const found = expected.tags.put === "done" ? { Tagging: "a=1" } : {};
      await write("tags/source", found);
      expect(await copy("tags/source", "tags/copy")).toBe("done");
      const others = { TaggingDirective: "REPLACE", Tagging: "b=2" };
      const how = await copy("tags/source", "tags/others", others);
      if (expected.tags.put !== "done") return expect(how).toBe(expected.tags.copyWithOthers);
      expect(how).toBe("done");
      expect(await tagsOf("tags/copy")).toEqual({ a: "1" });
      expect(await tagsOf("tags/others")).toEqual(expected.tags.copyWithOthers === "others" ? { b: "2" } : { a: "1" });
    });
  });

  describe("an ACL", () => {
    const grantsOf = async (Key: string) => {
      const { Grants = [] } = await client.send(new GetObjectAclCommand({ Bucket, Key }));
      const grants = Grants.map(
        ({ Grantee, Permission }) => `${Grantee?.URI?.split("/").at(-1) ?? "owner"} ${Permission}`,
      );
      return grants.sort();
    };
    const privately = ["owner FULL_CONTROL"];
    const publicly = ["AllUsers READ", "owner FULL_CONTROL"];

    test("is private by itself, and may be said to be", async () => {
      expect(await write("acl/private", { ACL: "private" })).toBe("done");
      expect(await grantsOf("acl/private")).toEqual(privately);
    });

    test(`that lets everybody read: ${expected.publicRead}`, async () => {
      expect(await write("acl/public", { ACL: "public-read" })).toBe(expected.publicRead);
      if (expected.publicRead !== "done") return expect(await storage.head("acl/public")).toBeNull();
      expect(await grantsOf("acl/public")).toEqual(publicly);
      const { Owner, Grants } = await client.send(new GetObjectAclCommand({ Bucket, Key: "acl/public" }));
      expect(await copy("acl/public", "acl/copy")).toBe("done");
      expect(await grantsOf("acl/copy")).toEqual(privately);
      const AccessControlPolicy = { Owner, Grants };
      await client.send(new PutObjectAclCommand({ Bucket, Key: "acl/copy", AccessControlPolicy }));
      expect(await grantsOf("acl/copy")).toEqual(publicly);
    });
  });

  describe("further headers", () => {
    test("Expires stays with the object and its copies", async () => {
      const Expires = new Date("2030-01-01T00:00:00Z");
      expect(await write("extras/expires", { Expires })).toBe("done");
      expect((await head("extras/expires")).ExpiresString).toBe("Tue, 01 Jan 2030 00:00:00 GMT");
      expect(await copy("extras/expires", "extras/expires-copy")).toBe("done");
      expect((await head("extras/expires-copy")).ExpiresString).toBe("Tue, 01 Jan 2030 00:00:00 GMT");
    });

    test(`a website redirect: ${expected.redirect.put}`, async () => {
      expect(await write("extras/redirect", { WebsiteRedirectLocation: "/other" })).toBe(expected.redirect.put);
      if (expected.redirect.put !== "done") return expect(await storage.head("extras/redirect")).toBeNull();
      expect((await head("extras/redirect")).WebsiteRedirectLocation).toBe("/other");
      expect(await copy("extras/redirect", "extras/redirect-copy")).toBe("done");
      const copied = (await head("extras/redirect-copy")).WebsiteRedirectLocation;
      expect(copied).toBe(expected.redirect.isCopied ? "/other" : undefined);
    });

    test(`an archive class: ${expected.archive}; what is in one is told and not given out`, async () => {
      expect(await write("extras/archived", { StorageClass: "DEEP_ARCHIVE" })).toBe(expected.archive);
      if (expected.archive !== "done") return expect((await listKeys({ prefix: "extras/archived" })).keys).toEqual([]);
      expect((await head("extras/archived")).StorageClass).toBe("DEEP_ARCHIVE");
      for await (const { objects } of storage.list({ prefix: "extras/archived" })) {
        expect(objects).toMatchObject([{ storageClass: "DEEP_ARCHIVE" }]);
      }
      const get = client.send(new GetObjectCommand({ Bucket, Key: "extras/archived" }));
      expect(await ending(get)).toBe("InvalidObjectState");
      expect(await copy("extras/archived", "extras/archived-copy")).toBe("InvalidObjectState");
    });
  });
}
