import { openTestDb } from "../db";
import { startTestS3 } from "../store/s3";
import { portsAround } from "./nowhere";
import { runsOf } from "./runs";

/**
 * A database and a bucket of the test's own, and runs that need both. The model is nowhere.
 * @param seed keys that are there from the start
 * @param storeName the store, for a test that is about that one
 */
export async function openWorld(seed?: Iterable<string>, storeName?: string) {
  const { env, storage, store, setFaults, requests } = await startTestS3({ maxAttempts: 1 }, seed, storeName);
  const db = await openTestDb();
  const ports = portsAround({ db, storage });
  return {
    ...ports,
    ...runsOf(ports),
    db,
    ports,
    env,
    store,
    setFaults,
    requests,
    /** Puts objects of these bytes at these keys. */
    async put(objects: Record<string, string>) {
      const waiting = Object.entries(objects);
      const putNext = async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) {
          await storage.put(next[0], Buffer.from(next[1]), { contentType: "application/octet-stream" });
        }
      };
      await Promise.all(Array.from({ length: 16 }, putNext));
    },
    /** What lies in the bucket, thumbnails apart, as text. */
    async contents() {
      const found: Record<string, string> = {};
      for await (const { objects } of storage.list()) {
        for (const { key } of objects) {
          if (!key.startsWith("thumbnails/")) found[key] = (await storage.get(key)).body.toString();
        }
      }
      return found;
    },
  };
}
