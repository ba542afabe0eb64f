import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterAll, inject, vi } from "vitest";
import { z } from "zod";
import type { Ports } from "~/ports/index.server";
import { startLocalConsole } from "../../../scripts/dev/console/local-console";
import { findFreePorts } from "../../../scripts/dev/console/ports";
import { lastLines } from "../../../scripts/dev/console/process";
import { limits } from "../../limits";

/** The only schedule that is not disabled: others would fire in the midst of a test, depending on the time of day. */
const KEPT_SCHEDULE = "remove-old-items";

type ConsoleOptions = { isNew?: boolean; variables?: Record<string, string> };

const pagesToSee = z.array(z.object({ name: z.string(), path: z.string() }));

/**
 * The built console with its worker on a local cloud of its own, as it is after the main job. Called at the top of a file
 * (`const { url } = await openConsole()`), it ends with the file, whose tests share it and nothing with other files.
 * @param options.isNew the same bucket, and a database that has just been migrated
 * @param options.variables of the console's environment
 */
export async function openConsole({ isNew = false, variables = {} }: ConsoleOptions = {}) {
  const seeded = inject("seededFolder");
  const pages = pagesToSee.parse(await whenSeeded(seeded));
  const folder = join(seeded, `console-${process.pid}`);
  const isKept = (name: string) => !isNew || !basename(name).startsWith("ops.db");
  cpSync(join(seeded, "console"), folder, { recursive: true, filter: isKept });
  const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
  if (!isNew) {
    const db = new Database(join(folder, "ops.db"));
    // The same store at another port: what was seen of it holds.
    db.prepare('UPDATE "StoreAbilities" SET "endpoint" = ?').run(`http://127.0.0.1:${s3}`);
    db.prepare('UPDATE "Schedule" SET "enabled" = false WHERE "id" <> ?').run(KEPT_SCHEDULE);
    db.close();
  }
  const deaths: string[] = [];
  const local = await startLocalConsole({
    ports: { web, s3, gemini, google },
    folder,
    variables,
    say: (sentence) => deaths.push(`${sentence}\n${lastLines(join(folder, "logs", "worker.log"))}`),
  });
  afterAll(async () => {
    await local.stop();
    rmSync(folder, { recursive: true, force: true });
    if (deaths.length > 0) throw new Error(`A process died while the tests ran. ${deaths[0]}`);
  });
  if (isNew) await vi.waitUntil(() => disableSchedules(local.ports), limits.expect.poll);
  return { ...local, pages };
}

/** Those of a new console, once its worker has written them; false before. */
async function disableSchedules({ db }: Ports): Promise<boolean> {
  const { count } = await db.schedule.updateMany({
    where: { id: { not: KEPT_SCHEDULE } },
    data: { enabled: false },
  });
  return count > 0;
}

/** The pages that seed.ts found, once it is done. */
async function whenSeeded(folder: string): Promise<unknown> {
  const file = join(folder, "pages.json");
  while (!existsSync(file)) {
    if (existsSync(join(folder, "failed"))) {
      const how = readFileSync(join(folder, "failed"), "utf8");
      throw new Error(
        `The ground of the end-to-end tests was not made (${how}).\n${lastLines(join(folder, "seed.log"), 40)}`,
      );
    }
    await sleep(100);
  }
  return JSON.parse(readFileSync(file, "utf8"));
}
