import type { Env } from "~/ports/env.server";
import type { Ports } from "~/ports/index.server";

declare module "@remix-run/server-runtime" {
  /** What server.ts hands to every loader and action. */
  interface AppLoadContext {
    env: Env;
    ports: Ports;
    /** Of this response's Content-Security-Policy; components read it with `useNonce()`. */
    cspNonce: string;
    /** Who asks, as limits count: a network address; of IPv6, its network. */
    client: string;
    /** Waits until the client has taken what was sent to it so far; false: it is gone. For answers of any length. */
    whenTaken(): Promise<boolean>;
    /** Does this once the answer is sent, or its client is gone: it delays no answer, and what it throws is its own matter. */
    whenAnswered(work: () => void): void;
  }

  interface Future {
    v3_singleFetch: true;
  }
}
