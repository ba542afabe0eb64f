import { Readable } from "node:stream";
import { GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { quoteKey } from "~/quote";
import type { Connection } from "./connection.server";
import { CallFailure, callFailure } from "./errors/call-failure.server";
import { StorageError } from "./errors/storage-error.server";
import { objectHead, present } from "./object-head.server";
import type { ObjectHead } from "./types";

type GetOptions = { versionId?: string; range?: [number, number]; maxBytes?: number; signal?: AbortSignal };

export async function getObject(
  { client, bucket, attempt }: Connection,
  key: string,
  { versionId, range, maxBytes = Number.POSITIVE_INFINITY, signal }: GetOptions = {},
): Promise<{ head: ObjectHead; body: Buffer }> {
  return await attempt(`read ${quoteKey(key)}`, signal, async (options) => {
    const answer = await client.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        VersionId: versionId,
        Range: range && `bytes=${range[0]}-${range[1]}`,
      }),
      options,
    );
    if (!(answer.Body instanceof Readable)) throw new TypeError("The body of an answer is a stream in Node.");
    const total = answer.ContentRange?.split("/")[1];
    const length = present(answer.ContentLength, "Content-Length");
    try {
      const head = objectHead(key, total === undefined ? length : Number(total), answer);
      if (length > maxBytes) {
        throw new StorageError(
          "too-large",
          `${quoteKey(key)} has ${length} bytes, more than the ${maxBytes} allowed.`,
          false,
        );
      }
      return { head, body: await collect(answer.Body, length) };
    } finally {
      // A body left unread would keep its socket from being used again, for ever.
      answer.Body.destroy();
    }
  });
}

/** Null when there is no such object, or no such bucket: the answers are alike. A delete's marker is not an object either. */
export async function headObject(
  connection: Connection,
  key: string,
  { versionId, signal }: { versionId?: string | undefined; signal?: AbortSignal | undefined } = {},
): Promise<ObjectHead | null> {
  const { client, bucket, attempt } = connection;
  try {
    return await attempt(`look at ${quoteKey(key)}`, signal, async (options) => {
      const answer = await client.send(
        new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }),
        options,
      );
      return objectHead(key, present(answer.ContentLength, "Content-Length"), answer);
    });
  } catch (error) {
    // Its answer has no body, so nothing but the status tells.
    const status = error instanceof StorageError && error.cause instanceof CallFailure ? error.cause.status : undefined;
    if (status === 404 || (status === 405 && versionId !== undefined)) return null;
    if (status !== undefined && status < 500 && status !== 429) {
      await explainRefusal(connection, key, { versionId, signal });
    }
    throw error;
  }
}

/**
 * A HEAD that is refused does not say why: expired credentials, another region and a wrong key look alike. A GET of the
 * same object's first byte is refused for the same reason, and says it.
 * @throws StorageError as reading it would; returns where it can be read
 */
async function explainRefusal(
  { client, bucket, attempt }: Connection,
  key: string,
  { versionId, signal }: { versionId: string | undefined; signal: AbortSignal | undefined },
): Promise<void> {
  await attempt(`look at ${quoteKey(key)}`, signal, async (options) => {
    try {
      const input = { Bucket: bucket, Key: key, VersionId: versionId, Range: "bytes=0-0" };
      const answer = await client.send(new GetObjectCommand(input), options);
      if (answer.Body instanceof Readable) answer.Body.destroy();
    } catch (error) {
      // Said of an empty object, and only to those who may read it.
      if (callFailure(error).name !== "InvalidRange") throw error;
    }
  });
}

/** Straight into their place: gathered first, a large object would be held twice. */
async function collect(body: Readable, expected: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(expected);
  let came = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunk.copy(bytes, Math.min(came, expected));
    came += chunk.length;
  }
  if (came === expected) return bytes;
  throw Object.assign(new Error(`${came} of ${expected} bytes came`), { code: "ERR_STREAM_PREMATURE_CLOSE" });
}
