import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** What a process needs of the machine. Nothing else of the shell's environment reaches the local console. */
const ofTheMachine = [
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "TZ",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SystemRoot",
  "NODE_EXTRA_CA_CERTS",
];

type LocalEnvOptions = { ports: LocalPorts; folder: string; variables?: Record<string, string> };

export type LocalPorts = { web: number; s3: number; gemini: number; google: number };

/**
 * The environment of a process of ours in which neither the shell's variables nor .env, which may name a production
 * bucket, have a say.
 */
export function bareEnv(): NodeJS.ProcessEnv {
  const machine = Object.fromEntries(ofTheMachine.map((name) => [name, process.env[name]]));
  // Each process reads .env for what is not set; set to nothing is set.
  const silenced = existsSync(".env")
    ? Object.fromEntries(Object.keys(parseEnv(readFileSync(".env", "utf8"))).map((name) => [name, ""]))
    : {};
  return { ...silenced, ...machine, NODE_ENV: "production" };
}

/**
 * The environment of a console that stands on the local cloud alone, made from nothing.
 * @param options.folder holds the database, the bucket and the logs
 * @param options.variables what it is told besides
 */
export function localEnv({ ports, folder, variables = {} }: LocalEnvOptions): NodeJS.ProcessEnv {
  return {
    ...bareEnv(),
    APP_ENVIRONMENT: "local",
    DATABASE_URL: `file:${join(folder, "ops.db")}`,
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${ports.s3}`,
    GEMINI_BASE_URL: `http://127.0.0.1:${ports.gemini}`,
    GOOGLE_ISSUER: `http://127.0.0.1:${ports.google}`,
    PUBLIC_URL: `http://127.0.0.1:${ports.web}`,
    HOST: "127.0.0.1",
    PORT: String(ports.web),
    ...variables,
  };
}
