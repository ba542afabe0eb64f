import { startConversion } from "~/features/conversion/start-conversion.server";
import { indexImages } from "~/features/images/index/index-images";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import { noise } from "../odd-pictures";
import { keepAbilities } from "../store/stores";
import { runsOf } from "./runs";
import { openWorld } from "./world";

export const actor = { id: "operator:1", name: "Mina" };
const everything = { query: { all: true } } as const;

/** Another picture each time: soft, so that it becomes smaller. */
export const png = (side = 48) => noise(side, side).blur(1.5).png({ compressionLevel: 6 }).toBuffer();

/** A bucket with pictures at these keys, indexed, whose thumbnails are made; and how images of it are converted. */
export async function openStudio(
  keys: string[],
  { store, thumbnails = true }: { store?: string; thumbnails?: boolean } = {},
) {
  const world = await openWorld(undefined, store);
  const { db, ports, storage } = world;
  await keepAbilities(ports, world);
  for (const [n, key] of keys.entries()) {
    const metadata = { note: `picture ${n}` };
    await storage.put(key, await png(), { contentType: "image/png", cacheControl: "max-age=60", metadata });
  }
  const runs = runsOf(ports, actor);
  await runs.carryOut(indexImages, { prefix: "" });
  if (thumbnails) await runs.carryOut(backfillThumbnails, { force: false });
  return {
    ...world,
    ...runs,
    planConversion: async (wanted: Partial<Parameters<typeof startConversion>[1]> = {}) =>
      runs.work((await startConversion(ports, { selection: everything, format: "webp", actor, ...wanted })).runId),
    /** Every object with its headers and bytes. */
    async bucket() {
      const found: Record<string, unknown> = {};
      for await (const { objects } of storage.list()) {
        for (const { key } of objects) {
          const { head, body } = await storage.get(key);
          const { modifiedAt: _, versionId: _version, ...headers } = head;
          found[key] = { headers, body: body.toString("base64") };
        }
      }
      return found;
    },
    /** What the database says of every image and what hangs on it, apart from when it was changed. */
    async rows() {
      const images = await db.image.findMany({
        orderBy: { id: "asc" },
        include: { look: true, labels: true, generations: true },
      });
      return images.map(({ modifiedAt: _, ...image }) => image);
    },
    sizes: async () => {
      const images = await db.image.findMany({ where: { goneAt: null } });
      return images.reduce((sum, { bytes }) => sum + Number(bytes), 0);
    },
  };
}
