import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Env, loadEnv } from "~/ports/env.server";
import { createPorts, type Ports } from "~/ports/index.server";
import type { StoreName } from "../s3/manners/store-manners";
import { type LocalCloud, startLocalCloud } from "./local-cloud";
import { type LocalPorts, localEnv } from "./local-env";
import { migrate } from "./migrate";
import { Refusal } from "./ports";
import { type KeptProcess, keepRunning, lastLines } from "./process";

/** It takes seconds; on a machine that does ten other things, minutes. */
const READY_WITHIN_MS = 300_000;

export type LocalConsole = {
  url: string;
  env: Env;
  ports: Ports;
  cloud: LocalCloud;
  web: KeptProcess;
  worker: KeptProcess;
  /** Stops the worker, the web process and the cloud, in this order. */
  stop(): Promise<void>;
};

/**
 * The whole product on this machine: the local cloud in this process, a migrated database, and the web process and the
 * worker as processes of their own. The pages must be built, unless `dev`, which reloads what changes.
 * @param options.folder holds the database, the bucket and the logs
 * @param options.variables of the environment, besides those that name the local cloud
 * @param options.store whose manners the local S3 has; AWS's unless given
 * @param options.onStop told at once how to end what has been started so far
 * @param options.say told, in a sentence, when a process died and is started again
 * @throws Refusal when another console uses the folder, or when the pages do not answer within five minutes
 */
export async function startLocalConsole(options: {
  ports: LocalPorts;
  folder: string;
  variables?: Record<string, string>;
  store?: StoreName;
  dev?: boolean;
  onStop?(stop: () => Promise<void>): void;
  say(sentence: string): void;
}): Promise<LocalConsole> {
  const { folder, store = "aws", dev = false, say } = options;
  const variables = localEnv(options);
  const env = loadEnv(variables);
  // First of all: it refuses a folder that another console uses, before anything there is touched.
  const cloud = await startLocalCloud(env, folder, store);
  const ports = await openPorts(env, join(folder, "ops.db")).catch(async (error: unknown) => {
    await cloud.close();
    throw error;
  });
  const start = (name: string, entry: string, options: { node?: string[]; args?: string[] } = {}) =>
    keepRunning(entry, {
      ...options,
      env: variables,
      logFile: join(folder, "logs", `${name}.log`),
      onDeath: (how) =>
        say(`The ${name} ended (${how}) and is started again; its log is ${join(folder, "logs", `${name}.log`)}.`),
    });
  const web = start("web", "server.ts", { node: ["--max-old-space-size=512"], args: dev ? ["--dev"] : [] });
  const worker = start("worker", "jobs/index.ts");
  const stop = async () => {
    await Promise.all([web.stop(), worker.stop()]);
    await ports.db.$disconnect();
    await cloud.close();
  };
  options.onStop?.(stop);
  try {
    await waitUntilItAnswers(env.PUBLIC_URL, join(folder, "logs", "web.log"));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: env.PUBLIC_URL, env, ports, cloud, web, worker, stop };
}

async function openPorts(env: Env, file: string): Promise<Ports> {
  migrate(file);
  return createPorts({ ...env, LOG_LEVEL: "error" }, { busyTimeoutMs: 1_000 });
}

async function waitUntilItAnswers(url: string, logFile: string) {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (Date.now() < giveUpAt) {
    const doesAnswer = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (doesAnswer) return;
    await sleep(150);
  }
  throw new Refusal(
    `${lastLines(logFile)}\nThe console did not answer within five minutes; above is the end of ${logFile}.`,
  );
}
