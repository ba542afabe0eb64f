import { createHmac } from "node:crypto";

/** What is signed: who has it can say neither another text, nor the same one again later or as another message. */
type Signed = { id: string; timestamp: number; body: string };

/**
 * The headers of a message by Standard Webhooks (https://www.standardwebhooks.com), for which receivers find a library in each
 * language: `webhook-id` stays the same where a message is sent again, `webhook-timestamp` is the second of this attempt.
 * @param secret whsec_ and base64
 */
export const signedHeaders = (secret: string, { id, timestamp, body }: Signed): Record<string, string> => {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": `v1,${signature}`,
  };
};
