import { createHmac } from "node:crypto";
import { connect as connectPlain, isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import type { Env } from "~/ports/env.server";
import { explainFailure } from "~/ports/explain-failure";
import { retryAfterMs } from "~/ports/retry-after";
import { explainAnswer } from "./explain-answer";
import { signedHeaders } from "./sign-message.server";

/** One that takes longer to answer is taken for down: whoever waits for it has other messages, and other work. */
const LONGEST_MS = 10_000;
/** A refusal says its reason in a word, if at all. */
const WORD_BYTES = 200;

/** @param id stays the same where it is sent again, so that a receiver can drop what it has */
export type Message = { id: string; text: string };

export type Delivery =
  | { isDelivered: true }
  | {
      isDelivered: false;
      /** What happened, as a sentence; the address is in none, but for its host. */
      problem: string;
      /** How long the receiver asked to be left alone, or null. */
      retryAfterMs: number | null;
    };

/** The operator's own address for alerts. It may well be of this network, so nothing keeps it from a private one. */
export type Webhook = {
  /** The only part of its address that may be shown. */
  readonly host: string;
  /** Tells one address from another, and nothing of what it is. */
  readonly address: string;
  /**
   * Sends one signed message. Redirects are not followed: the receiver is the one that was named.
   * @throws what `signal` aborts with, and nothing else
   */
  send(message: Message, options: { at: Date; signal: AbortSignal }): Promise<Delivery>;
  /** Opens a connection, with its certificate checked, and sends nothing. @returns why it cannot be opened, or null */
  reach(): Promise<string | null>;
};

/** @returns null where none is set up */
export function createWebhook({
  ALERT_WEBHOOK_URL: address,
  ALERT_WEBHOOK_SECRET: secret,
}: Pick<Env, "ALERT_WEBHOOK_URL" | "ALERT_WEBHOOK_SECRET">): Webhook | null {
  if (address === undefined || secret === undefined) return null;
  const url = new URL(address);
  const { host } = url;
  return {
    host,
    address: createHmac("sha256", secret).update(address).digest("hex").slice(0, 32),
    async send({ id, text }, { at, signal }) {
      const body = JSON.stringify({ text });
      const headers = signedHeaders(secret, { id, timestamp: Math.floor(at.getTime() / 1_000), body });
      const limit = AbortSignal.timeout(LONGEST_MS);
      try {
        const answer = await fetch(url, {
          ...{ method: "POST", headers, body, redirect: "manual" },
          signal: AbortSignal.any([signal, limit]),
        });
        if (answer.ok) {
          await answer.body?.cancel();
          return { isDelivered: true };
        }
        return {
          isDelivered: false,
          problem: explainAnswer(host, { status: answer.status, word: await readStart(answer), address }),
          retryAfterMs: retryAfterMs(answer.headers.get("retry-after"), at),
        };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const problem = limit.aborted
          ? `${host} did not answer within ${LONGEST_MS / 1_000} s.`
          : explainFailure(host, error);
        return { isDelivered: false, problem, retryAfterMs: null };
      }
    },
    reach: () => openConnection(url).catch((error: unknown) => explainFailure(host, error)),
  };
}

/** So long is waited for the word: the status has said what matters. */
const WORD_MS = 2_000;

/** The first bytes of a body, however long it is; "" where they do not come. */
async function readStart(answer: Response): Promise<string> {
  const reader = answer.body?.getReader();
  if (!reader) return "";
  const tooLate = sleep(WORD_MS, { value: undefined }, { ref: false });
  const first = await Promise.race([reader.read(), tooLate]).catch(() => ({ value: undefined }));
  await reader.cancel().catch(() => {});
  return Buffer.from(first.value ?? [])
    .subarray(0, WORD_BYTES)
    .toString("utf8");
}

function openConnection({ protocol, hostname, port }: URL): Promise<null> {
  const isTls = protocol === "https:";
  const host = hostname.replace(/^\[|\]$/g, "");
  const to = { host, port: Number(port || (isTls ? 443 : 80)), timeout: LONGEST_MS };
  // TLS takes names only; an address is compared with the certificate all the same.
  const named = isIP(host) === 0 ? { servername: host } : {};
  return new Promise((resolve, reject) => {
    const socket = isTls ? connectTls({ ...to, ...named }) : connectPlain(to);
    socket.once(isTls ? "secureConnect" : "connect", () => {
      socket.destroy();
      resolve(null);
    });
    socket.once("error", reject);
    socket.once("timeout", () => socket.destroy(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })));
  });
}
