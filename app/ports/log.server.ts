import { type Logger, pino } from "pino";

export type Log = Logger;

/**
 * JSON lines on stderr: stdout belongs to what a script prints.
 * Presigned queries, cookies and authorisation headers never reach the log, whoever passes them.
 */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      redact: {
        paths: ["*.authorization", "*.cookie", "headers.authorization", "headers.cookie", "*.secret", "*.apiKey"],
        censor: "[removed]",
      },
    },
    pino.destination(2),
  );
}
