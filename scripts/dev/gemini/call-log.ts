import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * `rejected`: calls answered with an HTTP error; every other one of generateContent is in `total` and `byImage`. `embedded`: how often
 * each content was.
 */
export type Calls = {
  total: number;
  rejected: number;
  byImage: Record<string, number>;
  embedded: Record<string, number>;
};

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
const EMBEDDED = "embedded ";

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
    /** A content that was embedded, by its SHA-256. */
    addEmbedded: (sha256: string) => add(`${EMBEDDED}${sha256}`),
    addRejected: () => add(REJECTED),
    read(): Calls {
      const [embedded, others] = [
        lines.filter((line) => line.startsWith(EMBEDDED)),
        lines.filter((line) => !line.startsWith(EMBEDDED)),
      ];
      const accepted = others.filter((line) => line !== REJECTED);
      return {
        total: accepted.length,
        rejected: others.length - accepted.length,
        byImage: countEach(accepted.filter((line) => line !== NO_IMAGE)),
        embedded: countEach(embedded.map((line) => line.slice(EMBEDDED.length))),
      };
    },
  };
}

function countEach(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
