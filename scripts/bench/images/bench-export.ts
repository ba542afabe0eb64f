import { spawn } from "node:child_process";
import { once } from "node:events";
import { benchWebExport, countLines } from "./bench-page";
import type { Line } from "./report";

/** The columns of the export, in its order. */
const query = `
  SELECT i."id", i."key", i."kind", i."ownerId", o."name" AS "ownerName", i."contentType", i."width", i."height", i."bytes",
         strftime('%Y-%m-%dT%H:%M:%fZ', i."createdAt" / 1000.0, 'unixepoch') AS "createdAt",
         i."thumbnailEtag" IS i."etag" AS "hasThumbnail", i."unreadable", i."archivedAs", i."goneAt"
    FROM "Image" i LEFT JOIN "Owner" o ON o."id" = i."ownerId" WHERE i."goneAt" IS NULL
   ORDER BY i."createdAt" DESC, i."id" DESC`;

/** An export of all images over HTTP, and `sqlite3 -csv` with the same query. */
export async function benchExport(folder: string, file: string): Promise<Line[]> {
  const ours = await benchWebExport(folder);
  const theirs = await bySqlite3(file);
  const { before, most, growth } = ours.rssMb;
  return [
    {
      what: "an export grows by less than 100 MB",
      isMet: growth < 100,
      measured: `${growth} MB, from ${before} to ${most}`,
    },
    {
      what: "an export beside sqlite3 -csv",
      isMet: true,
      measured: `${ours.seconds} s, ${ours.rows} rows, ${ours.mb} MB; ${typeof theirs === "string" ? theirs : `${theirs.seconds} s, ${theirs.rows} rows`}`,
    },
  ];
}

async function bySqlite3(file: string): Promise<{ seconds: number; rows: number } | string> {
  const startedAt = performance.now();
  const child = spawn("sqlite3", ["-csv", "-header", file, query], { stdio: ["ignore", "pipe", "inherit"] });
  const failed = once(child, "error").then(() => "There is no sqlite3 on this machine to compare with.");
  let rows = -1;
  child.stdout.on("data", (part: Buffer) => {
    rows += countLines(part);
  });
  const ended = once(child, "close").then(([code]) =>
    code === 0
      ? { seconds: Math.round((performance.now() - startedAt) / 100) / 10, rows }
      : `sqlite3 ended with exit code ${code}.`,
  );
  return Promise.race([failed, ended]);
}
