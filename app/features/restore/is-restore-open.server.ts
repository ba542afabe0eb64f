import type { Db } from "~/ports/db.server";
import { RESTORED } from "./restore-alert";

/** Whether the database was restored from a backup and no one has acknowledged that yet: until then nothing starts by itself. */
export const isRestoreOpen = async (db: Db): Promise<boolean> =>
  (await db.alert.count({ where: { cause: RESTORED, closedAt: null } })) > 0;
