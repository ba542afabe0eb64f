import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { Connection } from "./connection.server.ts";
import { present, withoutQuotes } from "./object-head.server.ts";
import { StorageError } from "./storage-error.server.ts";
import type { ListOptions, ListPage } from "./types.ts";

/** One page, and what to ask the next one with; `next` is null after the last. */
export async function listPage(
  { client, bucket, attempt }: Connection,
  { prefix = "", delimiter, startAfter, pageSize, signal }: ListOptions,
  token: string | null = null,
): Promise<ListPage & { next: string | null }> {
  const action = `list "${prefix}"`;
  return await attempt(action, signal, async (options) => {
    const answer = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        Delimiter: delimiter,
        MaxKeys: pageSize,
        ...(token === null ? { StartAfter: startAfter } : { ContinuationToken: token }),
        // XML cannot carry every character that a key may have.
        EncodingType: "url",
      }),
      options,
    );
    if (answer.IsTruncated && !answer.NextContinuationToken) {
      throw new StorageError("invalid", `Could not ${action}: the store left out the token of the next page.`, false);
    }
    const decode = answer.EncodingType === "url" ? decodeKey : (key: string) => key;
    return {
      objects: (answer.Contents ?? []).map((object) => ({
        key: decode(present(object.Key, "Key")),
        etag: withoutQuotes(present(object.ETag, "ETag")),
        bytes: present(object.Size, "Size"),
        modifiedAt: present(object.LastModified, "LastModified"),
      })),
      prefixes: (answer.CommonPrefixes ?? []).map((common) => decode(present(common.Prefix, "Prefix"))),
      next: answer.IsTruncated ? (answer.NextContinuationToken ?? null) : null,
    };
  });
}

/** Pages of a listing, in key order. */
export async function* listPages(connection: Connection, options: ListOptions): AsyncGenerator<ListPage> {
  let token: string | null = null;
  do {
    const { next, ...page }: Awaited<ReturnType<typeof listPage>> = await listPage(connection, options, token);
    yield page;
    token = next;
  } while (token !== null);
}

/** AWS writes a space as "+" and a plus as "%2B"; others write "%20". */
const decodeKey = (encoded: string) => decodeURIComponent(encoded.replaceAll("+", " "));
