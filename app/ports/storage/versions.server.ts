import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { GetBucketVersioningCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { quoteKey } from "~/quote";
import type { Connection } from "./connection.server";
import { decodeKey, present, storageClassOf, withoutQuotes } from "./object-head.server";
import type { ListedVersion, ObjectVersion, Versioning } from "./types";
import { isAnswer } from "./wire/middleware.server";

type Page = { versions: ListedVersion[]; next: { KeyMarker: string; VersionIdMarker: string | undefined } | null };

export async function listVersions(
  connection: Connection,
  key: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ObjectVersion[]> {
  const found: ObjectVersion[] = [];
  let next: Page["next"] = null;
  do {
    const page: Page = await versionsPage(connection, key, next, signal);
    for (const { key: of, storageClass: _, ...version } of page.versions) if (of === key) found.push(version);
    next = page.next;
    // Other keys that begin with this one come after it.
  } while (next?.KeyMarker === key);
  return found;
}

/** Every version and marker of the bucket, page by page. */
export async function* listAllVersions(
  connection: Connection,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<ListedVersion[]> {
  let next: Page["next"] = null;
  do {
    const page: Page = await versionsPage(connection, "", next, signal);
    yield page.versions;
    next = page.next;
  } while (next !== null);
}

async function versionsPage(
  { client, bucket, attempt }: Connection,
  prefix: string,
  after: Page["next"],
  signal: AbortSignal | undefined,
): Promise<Page> {
  const action = prefix === "" ? "list all versions" : `list the versions of ${quoteKey(prefix)}`;
  return await attempt(action, signal, async (options) => {
    const command = new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, EncodingType: "url", ...after });
    const order: EntryName[] = [];
    command.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const { response } = result;
        if (!isAnswer(response) || response.statusCode !== 200) return result;
        const xml = await buffer(response.body);
        order.splice(0, order.length, ...readOrder(xml.toString("utf8")));
        response.body = Readable.from([xml]);
        return result;
      },
      { step: "deserialize", priority: "low", name: "readOrder" },
    );
    const answer = await client.send(command, options);
    const decode = answer.EncodingType === "url" ? decodeKey : (text: string) => text;
    const read = (entry: {
      Key?: string;
      VersionId?: string;
      IsLatest?: boolean;
      LastModified?: Date;
      ETag?: string;
      Size?: number;
      StorageClass?: string;
    }) => ({
      key: decode(present(entry.Key, "Key")),
      versionId: present(entry.VersionId, "VersionId"),
      isLatest: entry.IsLatest === true,
      modifiedAt: present(entry.LastModified, "LastModified"),
      etag: withoutQuotes(entry.ETag ?? ""),
      bytes: entry.Size ?? 0,
      storageClass: storageClassOf(entry.StorageClass),
    });
    const lists = {
      Version: (answer.Versions ?? []).map((version) => ({ ...read(version), isMarker: false })).values(),
      DeleteMarker: (answer.DeleteMarkers ?? []).map((marker) => ({ ...read(marker), isMarker: true })).values(),
    };
    const versions = order.flatMap((name) => lists[name].next().value ?? []);
    const marker = answer.IsTruncated ? answer.NextKeyMarker : undefined;
    return {
      versions,
      next: marker === undefined ? null : { KeyMarker: decode(marker), VersionIdMarker: answer.NextVersionIdMarker },
    };
  });
}

type EntryName = "Version" | "DeleteMarker";

/**
 * Which entries of the answer are versions and which are markers, newest first within a key. The SDK sorts them into two
 * lists; neither their times (too coarse) nor their ids ("null" is one of each key) put these together again.
 */
const readOrder = (xml: string): EntryName[] =>
  [...xml.matchAll(/<(Version|DeleteMarker)>/g)].map(([, name]) => (name === "Version" ? "Version" : "DeleteMarker"));

export async function readVersioning(
  { client, bucket, attempt }: Connection,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Versioning> {
  return await attempt("ask whether versions are kept", signal, async (options) => {
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }), options);
    return Status === "Enabled" ? "enabled" : Status === "Suspended" ? "suspended" : "off";
  });
}
