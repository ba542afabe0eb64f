import { type Clock, systemClock } from "./clock.server.ts";
import { createDb, type Db } from "./db.server.ts";
import type { Env } from "./env.server.ts";
import { createLog, type Log } from "./log.server.ts";
import { createModel, type Model } from "./model.server.ts";
import { createStorage, type Storage } from "./storage.server.ts";

/** What the domain stands on. A feature function names the few that it needs. */
export type Ports = { db: Db; storage: Storage; model: Model; clock: Clock; log: Log };

/** The live wiring, the only one. */
export async function createPorts(env: Env, options: { busyTimeoutMs?: number } = {}): Promise<Ports> {
  return {
    db: await createDb(env.DATABASE_URL, options),
    storage: createStorage(env),
    model: createModel(env),
    clock: systemClock,
    log: createLog(env.LOG_LEVEL),
  };
}
