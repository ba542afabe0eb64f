import { type Clock, systemClock } from "./clock.server.ts";
import { connect, type StorageEnv, type StorageSettings } from "./storage/connection.server.ts";
import { deleteObject, deleteObjects } from "./storage/delete-objects.server.ts";
import { listPage, listPages } from "./storage/list-objects.server.ts";
import { listParallel } from "./storage/list-parallel.server.ts";
import { presignGet } from "./storage/presign.server.ts";
import { getObject, headObject } from "./storage/read-object.server.ts";
import type { Storage } from "./storage/types.ts";
import { copyObject, putObject } from "./storage/write-object.server.ts";

export type { StorageEnv, StorageSettings } from "./storage/connection.server.ts";
export { StorageError, type StorageErrorCode } from "./storage/storage-error.server.ts";
export type { ObjectHead, Storage, StoredObject } from "./storage/types.ts";

/**
 * The bucket of the environment, on AWS S3 or any store that speaks S3. Opens nothing until its first call.
 * Credentials are the environment's, else those that AWS's default chain finds (an instance profile, say).
 */
export function createStorage(env: StorageEnv, settings: StorageSettings = {}): Storage {
  const connection = connect(env, settings);
  const clock: Clock = settings.clock ?? systemClock;
  const check = async (signal?: AbortSignal) => {
    await listPage(connection, { pageSize: 1, signal });
  };
  let hasSeenBucket = false;
  return {
    bucket: env.S3_BUCKET,
    list: (options = {}) => listPages(connection, options),
    listParallel: (prefix, options) =>
      listParallel(
        ({ startAfter, token }, signal) => listPage(connection, { prefix, startAfter, signal }, token),
        prefix,
        options,
      ),
    get: (key, options) => getObject(connection, key, options),
    async head(key, { signal } = {}) {
      const head = await headObject(connection, key, signal);
      // The answer to a HEAD has no body to tell a missing object from a missing bucket.
      if (head === null && !hasSeenBucket) await check(signal);
      hasSeenBucket = true;
      return head;
    },
    put: (key, body, options) => putObject(connection, key, body, options),
    copy: (from, to, options) => copyObject(connection, from, to, options),
    delete: (key, { signal } = {}) => deleteObject(connection, key, signal),
    deleteMany: (keys, { signal } = {}) => deleteObjects(connection, keys, signal),
    presignGet: (key, options) => presignGet(connection, clock, key, options),
    check: ({ signal } = {}) => check(signal),
  };
}
