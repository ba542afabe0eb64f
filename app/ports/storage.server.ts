import { type Clock, systemClock } from "./clock.server";
import { admitsPages } from "./storage/admits-pages.server";
import { connect, type StorageEnv, type StorageSettings } from "./storage/connection.server";
import { deleteObject, deleteObjects } from "./storage/delete-objects.server";
import { listPage, listPages } from "./storage/listing/list-objects.server";
import { listParallel } from "./storage/listing/list-parallel.server";
import { presignGet, presignPart } from "./storage/presign.server";
import { putStream } from "./storage/put-stream.server";
import { getObject, headObject } from "./storage/read-object.server";
import { readAcl, readTags, writeAcl, writeTags } from "./storage/tags-and-acl.server";
import type { Storage } from "./storage/types";
import { abortUpload, completeUpload, createUpload, listParts } from "./storage/uploads.server";
import { listAllVersions, listVersions, readVersioning } from "./storage/versions.server";
import { copyObject, putObject } from "./storage/write-object.server";

export type { StorageEnv, StorageSettings } from "./storage/connection.server";
export { StorageError, type StorageErrorCode } from "./storage/errors/storage-error.server";
export type {
  Acl,
  ObjectHead,
  ObjectVersion,
  Storage,
  StoredObject,
  Tags,
  UploadInParts,
  Written,
} from "./storage/types";

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
    endpoint: connection.endpoint,
    list: (options = {}) => listPages(connection, options),
    listParallel: (prefix, options) =>
      listParallel(
        ({ startAfter, token, pageSize }, signal) =>
          listPage(connection, { prefix, startAfter, pageSize, signal }, token),
        prefix,
        options,
      ),
    get: (key, options) => getObject(connection, key, options),
    async head(key, options) {
      const head = await headObject(connection, key, options);
      // The answer to a HEAD has no body to tell a missing object from a missing bucket.
      if (head === null && !hasSeenBucket) await check(options?.signal);
      hasSeenBucket = true;
      return head;
    },
    put: (key, body, options) => putObject(connection, key, body, options),
    putStream: (key, chunks, options) => putStream(connection, key, chunks, options),
    createUpload: (key, options) => createUpload(connection, key, options),
    presignPart: (upload, part) => presignPart(connection, clock, upload, part),
    listParts: (upload, options) => listParts(connection, upload, options),
    completeUpload: (upload, parts, options) => completeUpload(connection, upload, parts, options),
    abortUpload: (upload, options) => abortUpload(connection, upload, options),
    admitsPages: (origin, options) => admitsPages(connection, clock, origin, options),
    copy: (from, to, options) => copyObject(connection, from, to, options),
    delete: (key, options) => deleteObject(connection, key, options),
    deleteMany: (keys, { askAgain, signal } = {}) => {
      if (askAgain) connection.deletesOneByOne = false;
      return deleteObjects(connection, keys, signal);
    },
    get deletesOneByOne() {
      return connection.deletesOneByOne;
    },
    versions: (key, options) => listVersions(connection, key, options),
    allVersions: (options) => listAllVersions(connection, options),
    versioning: (options) => readVersioning(connection, options),
    readTags: (key, options) => readTags(connection, key, options),
    writeTags: (key, tags, options) => writeTags(connection, key, tags, options),
    readAcl: (key, options) => readAcl(connection, key, options),
    writeAcl: (key, acl, options) => writeAcl(connection, key, acl, options),
    presignGet: (key, options) => presignGet(connection, clock, key, options),
    check: ({ signal } = {}) => check(signal),
  };
}
