import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { settleRestored } from "~/features/restore/settle-restored.server";
import { systemClock } from "~/ports/clock.server";
import { createDb } from "~/ports/db.server";
import { type Machine, systemMachine } from "~/ports/machine.server";
import { backUpFile } from "~/ports/sqlite-file/back-up-file.server";
import { readMigrations } from "~/ports/sqlite-file/migration-files.server";
import { restoreFile } from "~/ports/sqlite-file/restore-file.server";
import { runsOf } from "./runs";
import { openWorld } from "./world";

const actor = { id: "script:test", name: "test" };

/** Does in this process what scripts/backup.ts and scripts/restore.ts do in one of their own, which takes seconds to start. */
const machineHere: Machine = {
  ...systemMachine,
  async runScript(name, [path = ""], { file }) {
    if (name === "backup") return backUpFile(file, path);
    return restoreFile({
      ...{ backup: path, file, apply: false, migrations: readMigrations(), clock: systemClock },
      async settle(copy) {
        const db = await createDb(`file:${copy}`);
        return settleRestored({ db, clock: systemClock }, actor).finally(() => db.$disconnect());
      },
    });
  },
};

/** A world whose clock `at` sets, for backups and rehearsals of them. */
export async function openBackupWorld(storeName?: string) {
  const world = await openWorld(undefined, storeName);
  let ms = Date.parse("2026-11-30T02:20:00Z");
  const clock = { now: () => new Date(ms) };
  const ports = { ...world.ports, clock, machine: machineHere };
  return {
    ...world,
    ...runsOf(ports),
    ports,
    /** The clock goes to a time, as if a worker had been there all the while. */
    async at(time: string) {
      ms = Date.parse(time);
      const at = clock.now();
      await world.db.clockMark.upsert({ where: { id: 1 }, create: { id: 1, at }, update: { at } });
    },
    /** What lies below backups/, the manifests in their own order. */
    async keys() {
      const found: string[] = [];
      for await (const { objects } of world.storage.list({ prefix: "backups/" })) {
        found.push(...objects.map(({ key }) => key));
      }
      return found;
    },
    /** What lies beside the database, and is none of its own files. */
    beside: () => readdirSync(dirname(world.db.file)).filter((name) => !/^ops\.db(-wal|-shm)?$/.test(basename(name))),
  };
}
