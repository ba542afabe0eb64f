import { loadEnv } from "~/ports/env.server";
import { createPorts, type Ports } from "~/ports/index.server";
import { localEnv } from "../../dev/console/local-env";

/** Ports on `folder`/ops.db; S3 and the model lead nowhere. */
export const benchPorts = (folder: string): Promise<Ports> =>
  createPorts(
    { ...loadEnv(localEnv({ folder, ports: { web: 9, s3: 9, gemini: 9, google: 9 } })), LOG_LEVEL: "error" },
    { busyTimeoutMs: 1_000 },
  );

/** These ports, with every transaction that writes timed: `longest()` from its begin to its end, in ms. */
export function watchWrites(ports: Ports): { ports: Ports; longest(): number } {
  let longest = 0;
  const write: Ports["db"]["$write"] = async (work) => {
    let begunAt = performance.now();
    const result = await ports.db.$write((tx) => {
      begunAt = performance.now();
      return work(tx);
    });
    longest = Math.max(longest, performance.now() - begunAt);
    return result;
  };
  const db = new Proxy(ports.db, { get: (target, name) => (name === "$write" ? write : Reflect.get(target, name)) });
  return { ports: { ...ports, db }, longest: () => Math.round(longest) };
}
