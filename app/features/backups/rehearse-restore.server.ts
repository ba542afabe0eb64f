import { join } from "node:path";
import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import type { ItemHandler, ItemResult } from "~/features/job-runs/kinds/handler";
import { storageFailure } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { fetchBackup } from "./fetch-backup.server";
import { type Backup, findNewestBackup } from "./list-backups.server";
import type { rehearseRestore } from "./rehearse-restore";
import { requireRoom } from "./require-room.server";
import { inWorkFolder } from "./work-folder.server";

/** What scripts/restore.ts prints. */
const restored = z.object({ rows: z.record(z.string(), z.number()) });

export const rehearseRestoreHandler: ItemHandler<z.infer<typeof rehearseRestore.payload>> = {
  async *plan() {
    yield [{ subject: "newest", label: "The newest backup" }];
    return {};
  },

  async apply(ports, _item, { signal }) {
    try {
      return await rehearse(ports, signal);
    } catch (error) {
      return storageFailure(error);
    }
  },
};

async function rehearse(ports: Ports, signal: AbortSignal): Promise<ItemResult> {
  const { db, machine } = ports;
  const { newest: backup } = await findNewestBackup(ports, signal);
  if (backup === null) {
    throw new DomainError(
      "not-found",
      "There is no whole backup in the bucket to restore. Start “Back up database” on the page Jobs.",
    );
  }
  const { key, takenAt, manifest } = backup;
  // What is fetched, and what is made of it.
  await requireRoom(ports, () => 2 * manifest.databaseBytes, "A rehearsal of the restore");
  return inWorkFolder(db.$file, async (folder) => {
    const startedAt = performance.now();
    const fetched = join(folder, "backup.db");
    await fetchBackup(ports, { backup, to: fetched, signal });
    // Without --apply all of it is done but the last step, and nothing of it stays.
    const { rows } = restored.parse(
      await machine.runScript("restore", [fetched], { file: join(folder, "ops.db"), signal }),
    );
    requireSameRows(backup, rows);
    const seconds = (performance.now() - startedAt) / 1_000;
    const sum = Object.values(rows).reduce((total, count) => total + count, 0);
    const { databaseBytes } = manifest;
    return { outcome: "succeeded", after: { key, takenAt: takenAt.getTime(), databaseBytes, rows: sum, seconds } };
  });
}

/** @throws DomainError "conflict" */
function requireSameRows({ key, manifest }: Backup, rows: Record<string, number>): void {
  const tables = [...new Set([...Object.keys(manifest.rows), ...Object.keys(rows)])].sort();
  const wrong = tables.find((table) => manifest.rows[table] !== rows[table]);
  if (wrong === undefined) return;
  throw new DomainError(
    "conflict",
    `${quoteKey(key)} was restored with ${rows[wrong] ?? 0} rows of ${wrong}, and its manifest says ${manifest.rows[wrong] ?? 0}. Make a backup, then rehearse again.`,
  );
}
