import type { S3Client } from "@aws-sdk/client-s3";
import { isAnswer } from "./middleware.server";

/** One attempt: "PutObject", how it was answered (a status, or "none"), and the seconds until the answer began. */
export type StorageCall = { command: string; answer: string; seconds: number };

/** Tells `onCall` of each attempt that goes over the wire, those that are tried again too: a store bills each. */
export function timeCalls(client: S3Client, onCall: (call: StorageCall) => void): void {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const startedAt = performance.now();
        let answer = "none";
        try {
          const result = await next(args);
          if (isAnswer(result.response)) answer = String(result.response.statusCode);
          return result;
        } finally {
          const seconds = (performance.now() - startedAt) / 1_000;
          onCall({ command: commandName.replace(/Command$/, ""), answer, seconds });
        }
      },
    // Next to the wire: below what tries again and below what reads the answer.
    { step: "deserialize", priority: "low", name: "timeCalls" },
  );
}
