import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** `rejected`: generateContent calls answered with an HTTP error; every other one is in `total` and `byImage`. */
export type Calls = { total: number; rejected: number; byImage: Record<string, number> };

/** Tokens of all answers, those that reached nobody included. */
export type Bill = { calls: number; text: number; image: number; output: number; thoughts: number };

/** A generateContent call as it arrived, by the server's clock (performance.now, ms). */
export type Attempt = {
  at: number;
  image: string;
  end: "answered" | "quota" | "stray" | "error";
  /** Before then neither it (stray) nor any other (quota) may come again. */
  notBefore: number | null;
};

const REJECTED = "rejected";
const NO_IMAGE = "none";

/**
 * Counts generateContent calls by the SHA-256 of their last image, as Google's bill would. With `dataDir` each call is
 * a line of a file there, so that a restart forgets none.
 */
export function openCallLog(dataDir: string | undefined) {
  const file = dataDir && join(dataDir, "gemini-calls.txt");
  if (dataDir) mkdirSync(dataDir, { recursive: true });
  const lines = file && existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  const add = (line: string) => {
    lines.push(line);
    if (file) appendFileSync(file, `${line}\n`);
  };
  return {
    add: (sha256: string | undefined) => add(sha256 ?? NO_IMAGE),
    /** Whether a call about this image was counted before. */
    knows: (sha256: string) => lines.includes(sha256),
    addRejected: () => add(REJECTED),
    read(): Calls {
      const accepted = lines.filter((line) => line !== REJECTED);
      const byImage: Record<string, number> = {};
      for (const line of accepted) if (line !== NO_IMAGE) byImage[line] = (byImage[line] ?? 0) + 1;
      return { total: accepted.length, rejected: lines.length - accepted.length, byImage };
    },
  };
}
