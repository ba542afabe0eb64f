import { createHash } from "node:crypto";
import { pMapIterable } from "p-map";
import { LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import { type Line, readLines } from "~/features/read-lines.server";
import { keepIncoming } from "~/features/storage/keep-incoming.server";
import type { Ports } from "~/ports/index.server";
import { isDataUrl, nameDataUrl, readDataUrl } from "./data-url";
import type { IngestLine } from "./ingest-images";
import type { IngestSource } from "./ingest-source";
import { readIngestLine, type ToldSource } from "./read-line";
import { removeStagedIngests } from "./staged-ingests.sql.server";

const BATCH = 500;
/** Lines whose bytes are on their way at once: one may have 128 MiB. */
const LANES = 4;

/** A file of the machine that the list is read on: its bytes, or why there are none as the end of a sentence. */
export type ReadFile = (path: string) => Promise<{ bytes: Buffer } | { problem: string }>;

type Deps = Pick<Ports, "db" | "clock" | "storage">;
type Input = {
  chunks: AsyncIterable<Buffer>;
  /** What people call the list. */
  source: string;
  /** Null: no one may name files, for the list comes from elsewhere. */
  readFile: ReadFile | null;
};

/**
 * Reads a list of NDJSON line by line into the database, where the plan finds it whichever process makes it. Bytes that come
 * with it go to `incoming/` in the bucket, once however often they come.
 * @returns the import's id and how many lines it has
 * @throws StorageError when bytes cannot be put there
 */
export async function stageIngest(deps: Deps, { chunks, source, readFile }: Input) {
  const { db, clock } = deps;
  await removeStagedIngests(deps);
  const { id: importId } = await db.ingestImport.create({
    data: { source, stagedAt: clock.now() },
    select: { id: true },
  });
  let lines = 0;
  let batch: { importId: number; line: number; wanted: string | null; problem: string | null }[] = [];
  const write = async () => {
    if (batch.length > 0) await db.ingestLine.createMany({ data: batch });
    batch = [];
  };
  const staging = pMapIterable(
    readLines(chunks),
    async (line) => ({ line: line.line, staged: await stageLine(deps, line, readFile) }),
    { concurrency: LANES },
  );
  for await (const { line, staged } of staging) {
    const isRead = !("problem" in staged);
    batch.push({
      ...{ importId, line },
      wanted: isRead ? JSON.stringify(staged) : null,
      problem: isRead ? null : staged.problem,
    });
    lines += 1;
    if (batch.length === BATCH) await write();
  }
  await write();
  return { importId, lines };
}

async function stageLine(deps: Deps, line: Line, readFile: ReadFile | null): Promise<IngestLine | { problem: string }> {
  if (line.text === null) return { problem: line.problem };
  const read = readIngestLine(line.text);
  if ("problem" in read) return read;
  const { told, ...wanted } = read;
  const source = await settleSource(deps, told, readFile);
  return "problem" in source ? source : { source, ...wanted };
}

async function settleSource(
  deps: Deps,
  told: ToldSource,
  readFile: ReadFile | null,
): Promise<IngestSource | { problem: string }> {
  if ("key" in told) return { kind: "object", key: told.key };
  if ("path" in told) {
    if (!readFile) return { problem: "names a file, which only the script can read" };
    const file = await readFile(told.path);
    return "problem" in file ? file : keepBytes(deps, told.path, file.bytes);
  }
  if (!isDataUrl(told.url)) return { kind: "url", url: told.url };
  const data = readDataUrl(told.url);
  return "problem" in data ? data : keepBytes(deps, nameDataUrl(told.url), data.bytes);
}

async function keepBytes(deps: Deps, told: string, bytes: Buffer): Promise<IngestSource | { problem: string }> {
  if (bytes.length > LARGEST_HELD_BYTES) return { problem: `has more than ${LARGEST_HELD_BYTES / 1024 ** 2} MiB` };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await keepIncoming(deps, { bytes, sha256 });
  return { kind: "bytes", told, sha256 };
}
