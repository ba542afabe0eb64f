import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type _Object, ListObjectsV2Command, type ListObjectsV2CommandInput } from "@aws-sdk/client-s3";
import type { Connection } from "./connection.server.ts";
import { present, withoutQuotes } from "./object-head.server.ts";
import { type ListedContents, takeContents } from "./read-contents.ts";
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
    const { command, taken } = listCommand({
      Bucket: bucket,
      Prefix: prefix,
      Delimiter: delimiter,
      MaxKeys: pageSize,
      ...(token === null ? { StartAfter: startAfter } : { ContinuationToken: token }),
      // XML cannot carry every character that a key may have.
      EncodingType: "url",
    });
    const answer = await client.send(command, options);
    if (answer.IsTruncated && !answer.NextContinuationToken) {
      throw new StorageError("invalid", `Could not ${action}: the store left out the token of the next page.`, false);
    }
    const decode = answer.EncodingType === "url" ? decodeKey : (key: string) => key;
    return {
      objects: [...taken(), ...(answer.Contents ?? []).map(toListed)].map((object) => ({
        key: decode(present(object.key, "Key")),
        etag: withoutQuotes(present(object.etag, "ETag")),
        bytes: present(object.bytes, "Size"),
        modifiedAt: present(object.modifiedAt, "LastModified"),
      })),
      prefixes: (answer.CommonPrefixes ?? []).map((common) => decode(present(common.Prefix, "Prefix"))),
      next: answer.IsTruncated ? (answer.NextContinuationToken ?? null) : null,
    };
  });
}

/** The command, and the objects of its answer, which are read before the SDK reads the rest. */
function listCommand(input: ListObjectsV2CommandInput) {
  const command = new ListObjectsV2Command(input);
  let contents: ListedContents[] = [];
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (!isAnswer(response) || response.statusCode !== 200) return result;
      const answer = takeContents((await buffer(response.body)).toString("utf8"));
      contents = answer.contents;
      response.body = Readable.from([Buffer.from(answer.rest)]);
      return result;
    },
    // Innermost, so that each attempt brings its own.
    { step: "deserialize", priority: "low", name: "takeContents" },
  );
  return { command, taken: () => contents };
}

const toListed = ({ Key, ETag, Size, LastModified }: _Object): ListedContents => ({
  ...(Key !== undefined && { key: Key }),
  ...(ETag !== undefined && { etag: ETag }),
  ...(Size !== undefined && { bytes: Size }),
  ...(LastModified !== undefined && { modifiedAt: LastModified }),
});

function isAnswer(response: unknown): response is { statusCode: number; body: Readable } {
  return typeof response === "object" && response !== null && "body" in response && response.body instanceof Readable;
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
