import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { requireSteadyClock } from "~/features/clock-watch/require-steady-clock.server";
import type { ItemHandler, ItemResult, RunContext } from "~/features/job-runs/kinds/handler";
import { storageFailure } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import type { backUpDatabase } from "./back-up-database";
import { backupKey, manifestKey } from "./backup-key";
import { manifest } from "./manifest";
import { putBackup } from "./put-backup.server";
import { removeOldBackups } from "./remove-old-backups.server";
import { requireRoom } from "./require-room.server";
import { inWorkFolder } from "./work-folder.server";

type Context = RunContext<z.infer<typeof backUpDatabase.payload>>;

/** What scripts/backup.ts prints. */
const copied = z.object({ bytes: z.number(), schema: z.string().nullable(), rows: z.record(z.string(), z.number()) });

export const backUpDatabaseHandler: ItemHandler<z.infer<typeof backUpDatabase.payload>> = {
  async *plan() {
    yield [
      { subject: "backup", label: "A backup in the bucket" },
      { subject: "old-backups", label: "Old backups" },
    ];
    return {};
  },

  async apply(ports, { subject }, context) {
    try {
      return await (subject === "backup" ? backUp(ports, context) : removeOld(ports, context));
    } catch (error) {
      return storageFailure(error);
    }
  },
};

/**
 * A copy, checked, compressed, put and read back; its manifest comes last and makes it good. Whenever this dies there is no
 * manifest, and done again it is another backup: what was put goes with the old ones.
 */
async function backUp(ports: Ports, { runId, signal }: Context): Promise<ItemResult> {
  const { db, storage, clock, machine } = ports;
  await requireRoom(ports, ({ bytes, logBytes }) => bytes + logBytes, "A backup");
  return inWorkFolder(db.$file, async (folder) => {
    const takenAt = clock.now();
    const file = join(folder, "ops.db");
    const copy = copied.parse(await machine.runScript("backup", [file], { file: db.$file, signal }));
    const key = backupKey(takenAt, randomBytes(3).toString("hex"));
    const { bytes, sha256 } = await putBackup(ports, { file, key, signal });
    const { bytes: databaseBytes, schema, rows } = copy;
    const told = manifest.parse({ takenAt: takenAt.getTime(), bytes, sha256, databaseBytes, schema, rows, runId });
    const text = Buffer.from(`${JSON.stringify(told, null, 2)}\n`);
    await storage.put(manifestKey(key), text, { contentType: "application/json", signal });
    return { outcome: "succeeded", after: { key, bytes, databaseBytes } };
  });
}

async function removeOld(ports: Ports, { signal }: Context): Promise<ItemResult> {
  await requireSteadyClock(ports);
  const { removed, kept, stayed } = await removeOldBackups(ports, signal);
  if (stayed) return { outcome: "failed", errorClass: "s3-denied", error: stayed };
  return { outcome: "succeeded", after: { removed, kept } };
}
