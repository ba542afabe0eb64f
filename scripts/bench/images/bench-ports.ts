import { loadEnv } from "~/ports/env.server";
import { createPorts, type Ports } from "~/ports/index.server";
import { localEnv } from "../../dev/console/local-env";

/** Ports on `folder`/ops.db; S3 and the model lead nowhere. */
export const benchPorts = (folder: string): Promise<Ports> =>
  createPorts(
    { ...loadEnv(localEnv({ folder, ports: { web: 9, s3: 9, gemini: 9, google: 9 } })), LOG_LEVEL: "error" },
    { busyTimeoutMs: 1_000 },
  );
