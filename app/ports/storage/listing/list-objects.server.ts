import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type _Object, ListObjectsV2Command, type ListObjectsV2CommandInput } from "@aws-sdk/client-s3";
import { completeObjects } from "~/ports/storage/complete-objects.server";
import type { Connection } from "~/ports/storage/connection.server";
import { StorageError } from "~/ports/storage/errors/storage-error.server";
import { decodeKey, isArchiveClass, present } from "~/ports/storage/object-head.server";
import type { ListOptions, ListPage } from "~/ports/storage/types";
import { isAnswer } from "~/ports/storage/wire/middleware.server";
import { quoteKey } from "~/quote";
import { type ListedContents, takeContents } from "./read-contents";

type Page = ListPage & { next: string | null };

/** One page, and what to ask the next one with; `next` is null after the last. */
export async function listPage(
  connection: Connection,
  options: ListOptions,
  token: string | null = null,
): Promise<Page> {
  const page = await askPage(connection, options, token);
  if (!page.objects.some(({ storageClass }) => isArchiveClass(storageClass))) return page;
  try {
    // Which of the archived objects were restored is said to those only who ask for it; a store that knows archive
    // classes and not this is left with its first answer.
    return await askPage(connection, options, token, { OptionalObjectAttributes: ["RestoreStatus"] });
  } catch (error) {
    if (error instanceof StorageError && !error.retryable) return page;
    throw error;
  }
}

async function askPage(
  connection: Connection,
  { prefix = "", delimiter, startAfter, pageSize, signal }: ListOptions,
  token: string | null,
  more: Partial<ListObjectsV2CommandInput> = {},
): Promise<Page> {
  const { client, bucket, attempt } = connection;
  const action = prefix === "" ? "list all objects" : `list ${quoteKey(prefix)}`;
  const page = await attempt(action, signal, async (options) => {
    const { command, taken } = listCommand({
      Bucket: bucket,
      Prefix: prefix,
      Delimiter: delimiter,
      MaxKeys: pageSize,
      ...(token === null ? { StartAfter: startAfter } : { ContinuationToken: token }),
      // XML cannot carry every character that a key may have.
      EncodingType: "url",
      ...more,
    });
    const answer = await client.send(command, options);
    if (answer.IsTruncated && !answer.NextContinuationToken) {
      throw new StorageError("invalid", `Could not ${action}: the store left out the token of the next page.`, false);
    }
    const decode = answer.EncodingType === "url" ? decodeKey : (key: string) => key;
    return {
      listed: [...taken(), ...(answer.Contents ?? []).map(toListed)].map((object) => ({
        ...object,
        key: decode(present(object.key, "Key")),
      })),
      prefixes: (answer.CommonPrefixes ?? []).map((common) => decode(present(common.Prefix, "Prefix"))),
      next: answer.IsTruncated ? (answer.NextContinuationToken ?? null) : null,
    };
  });
  const { listed, ...rest } = page;
  return { objects: await completeObjects(connection, listed, signal), ...rest };
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

const toListed = ({ Key, ETag, Size, LastModified, StorageClass, RestoreStatus }: _Object): ListedContents => ({
  ...(Key !== undefined && { key: Key }),
  ...(ETag !== undefined && { etag: ETag }),
  ...(Size !== undefined && { bytes: Size }),
  ...(LastModified !== undefined && { modifiedAt: LastModified }),
  ...(StorageClass !== undefined && { storageClass: StorageClass }),
  ...(RestoreStatus !== undefined && { isRestored: RestoreStatus.IsRestoreInProgress === false }),
});

/** Pages of a listing, in key order. */
export async function* listPages(connection: Connection, options: ListOptions): AsyncGenerator<ListPage> {
  let token: string | null = null;
  do {
    const { next, ...page }: Page = await listPage(connection, options, token);
    yield page;
    token = next;
  } while (token !== null);
}
