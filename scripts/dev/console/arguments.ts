import { parseArgs } from "node:util";
import { isStoreName, type StoreName } from "../s3/manners/store-manners";
import type { LocalPorts } from "./local-env";
import { assertPortsFree, Refusal } from "./ports";

export const portOptions = `  --port N        the console's port (default: PORT, else 3000)
  --cloud-port N  the first of the three ports of the local S3, Gemini and Google (default 9000)
  --store NAME    the store that the local S3 acts like: aws (default), b2, swift or ceph
  --help          this text`;

/**
 * Reads --port, --cloud-port, --store, --help and further switches; prints `usage` and ends with code 0 or 2 where that is
 * called for.
 * @throws Refusal for a number that is no port and for a store that no one plays
 */
export function readArguments<Name extends string>(usage: string, switches: readonly Name[]) {
  const options = {
    port: { type: "string" },
    "cloud-port": { type: "string" },
    store: { type: "string" },
    help: { type: "boolean" },
    ...Object.fromEntries(switches.map((name) => [name, { type: "boolean" as const }])),
  } as const;
  const values = parse(usage, options);
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  const web = readPort("--port", values.port ?? process.env.PORT ?? "3000");
  const first = readPort("--cloud-port", values["cloud-port"] ?? "9000");
  const ports: LocalPorts = { web, s3: first, gemini: first + 1, google: first + 2 };
  return {
    ports,
    store: readStore(values.store ?? "aws"),
    has: (name: Name) => Object.entries(values).some(([given, value]) => given === name && value === true),
  };
}

function parse<Options extends NonNullable<Parameters<typeof parseArgs>[0]>["options"]>(
  usage: string,
  options: Options,
) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}\n`);
    process.exit(2);
  }
}

function readStore(name: string): StoreName {
  if (isStoreName(name)) return name;
  throw new Refusal(`--store: ${name} is not a store that the local S3 can act as; choose aws, b2, swift or ceph.`);
}

function readPort(option: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_533) return port;
  throw new Refusal(`${option}: ${text} is not a port; choose one from 1 to 65533.`);
}

const cloudPorts = (ports: LocalPorts) => [
  { name: "the local S3", port: ports.s3, option: "--cloud-port" },
  { name: "the local Gemini", port: ports.gemini, option: "--cloud-port" },
  { name: "the local Google", port: ports.google, option: "--cloud-port" },
];

/** @throws Refusal when one of the cloud's ports is taken */
export const assertCloudPortsFree = (ports: LocalPorts) => assertPortsFree(cloudPorts(ports));

/** @throws Refusal when a port is taken, or wanted twice */
export async function assertConsolePortsFree(ports: LocalPorts): Promise<void> {
  const twice = cloudPorts(ports).find(({ port }) => port === ports.web);
  if (twice) {
    throw new Refusal(
      `Port ${ports.web} is wanted for the console and for ${twice.name}: choose another with --port or --cloud-port.`,
    );
  }
  await assertPortsFree([{ name: "the console", port: ports.web, option: "--port or PORT" }]);
  await assertCloudPortsFree(ports);
}
