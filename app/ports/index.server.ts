import { type Clock, systemClock } from "./clock.server";
import { createDb, type Db } from "./db.server";
import type { Env, Settings } from "./env.server";
import { createLog, type Log, secretsOf } from "./log.server";
import { type Machine, systemMachine } from "./machine.server";
import type { ProcessMetrics } from "./metrics/process-metrics.server";
import { createModel, type Model } from "./model/model.server";
import { createOutside, type Outside } from "./outside/outside.server";
import { requireDatabase } from "./require-database.server";
import { createStorage, type Storage } from "./storage.server";
import { createWebhook, type Webhook } from "./webhook/webhook.server";

export { DatabaseNotReady } from "./database-not-ready";
export { createProcessMetrics } from "./metrics/process-metrics.server";
export { serveMetrics } from "./metrics/serve-metrics.server";
export { watchParent } from "./parent-process.server";
/** The bucket alone, for what must work before there is a database. */
export { createStorage } from "./storage.server";

/** What the domain stands on. A feature function names the few that it needs. */
export type Ports = {
  db: Db;
  storage: Storage;
  model: Model;
  clock: Clock;
  log: Log;
  machine: Machine;
  settings: Settings;
  /** Where alerts are sent; null: nowhere. */
  webhook: Webhook | null;
  /** The public internet, for images that are given by their address. */
  outside: Outside;
};

/**
 * The live wiring, the only one.
 * @param options.metrics is told of each call to the bucket
 * @throws DatabaseNotReady when the database is missing or not migrated
 */
export async function createPorts(
  env: Env,
  options: { busyTimeoutMs?: number; metrics?: ProcessMetrics | null } = {},
): Promise<Ports> {
  requireDatabase(env.DATABASE_URL);
  return { db: await createDb(env.DATABASE_URL, options), ...createOuterPorts(env, options) };
}

/** All but the database, for what must be told where that is not ready. Nothing is opened until it is used. */
export function createOuterPorts(env: Env, options: { metrics?: ProcessMetrics | null } = {}): Omit<Ports, "db"> {
  return {
    storage: createStorage(env, { onCall: options.metrics?.observeStorageCall }),
    model: createModel(env),
    clock: systemClock,
    log: createLog(env.LOG_LEVEL, { secrets: secretsOf(env) }),
    machine: systemMachine,
    settings: {
      GOOGLE_ISSUER: env.GOOGLE_ISSUER,
      MONTHLY_BUDGET_USD: env.MONTHLY_BUDGET_USD,
      STORAGE_PRICES_FILE: env.STORAGE_PRICES_FILE,
      PUBLIC_URL: env.PUBLIC_URL,
      PUBLIC_ASSET_BASE_URL: env.PUBLIC_ASSET_BASE_URL,
    },
    webhook: createWebhook(env),
    outside: createOutside(env),
  };
}
