import { createHash } from "node:crypto";
import pMap from "p-map";
import { type Line, readLines } from "~/features/read-lines.server";
import { removeStaged } from "~/features/remove-staged.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { rowsFrom, sql } from "~/ports/sql.server";
import { readRecord } from "./generation-record";

const BATCH = 500;
/** What one write takes along, whatever its number of lines. */
const BATCH_CHARACTERS = 4_000_000;

/** Payloads that are put at once. */
const LANES = 4;

type Payload = { bytes: Buffer; sha256: string };
export type KeepPayload = (payload: Payload) => Promise<void>;

type Staged = {
  line: number;
  generationId: string | null;
  record: string | null;
  hash: string | null;
  problem: string | null;
};

/**
 * Reads a file of generation records line by line into the database, where the plan finds it whichever process makes it.
 * @param input.source what people call the file
 * @param input.keep puts bytes that a record holds where they wait for the run that brings them home; without it they are dropped
 * @returns the import's id and how many lines it has
 */
export async function stageImport(
  { db, clock }: { db: Db; clock: Clock },
  input: { chunks: AsyncIterable<Buffer>; source: string; keep?: KeepPayload | undefined },
): Promise<{ importId: number; lines: number }> {
  await removeStagedRecords({ db, clock });
  const { id: importId } = await db.generationImport.create({
    data: { source: input.source, stagedAt: clock.now() },
    select: { id: true },
  });
  let lines = 0;
  let batch: Staged[] = [];
  let characters = 0;
  let payloads: Payload[] = [];
  const write = async () => {
    if (batch.length === 0) return;
    if (input.keep) await keepUnknown(db, payloads, input.keep);
    payloads = [];
    const rows = rowsFrom(batch, {
      line: "integer",
      generationId: "text",
      record: "text",
      hash: "text",
      problem: "text",
    });
    await db.$executeRaw`
      INSERT INTO "GenerationLine" ("importId", "line", "generationId", "record", "hash", "problem")
      SELECT ${importId}, r."line", r."generationId", r."record", r."hash", r."problem" FROM ${rows} r`;
    batch = [];
    characters = 0;
  };
  for await (const line of readLines(input.chunks)) {
    const staged = stagedOf(line, (payload) => {
      payloads.push(payload);
      characters += payload.bytes.length;
    });
    batch.push(staged);
    characters += staged.record?.length ?? 0;
    lines += 1;
    if (batch.length === BATCH || characters > BATCH_CHARACTERS) await write();
  }
  await write();
  return { importId, lines };
}

/** Bytes that an image of ours has already are no one's to bring home. */
async function keepUnknown(db: Db, payloads: Payload[], keep: KeepPayload): Promise<void> {
  const bySha = new Map(payloads.map((payload) => [payload.sha256, payload]));
  const known = await db.image.findMany({
    where: { sha256: { in: [...bySha.keys()] }, goneAt: null },
    select: { sha256: true, etag: true, readEtag: true },
  });
  for (const { sha256, etag, readEtag } of known) if (sha256 !== null && etag === readEtag) bySha.delete(sha256);
  await pMap(bySha.values(), keep, { concurrency: LANES });
}

function stagedOf(line: Line, hold: (payload: Payload) => void): Staged {
  const unread = { line: line.line, generationId: null, record: null, hash: null };
  if (line.text === null) return { ...unread, problem: line.problem };
  const read = readRecord(line.text, ({ base64, data }) => {
    const bytes = base64 ? Buffer.from(data, "base64") : Buffer.from(safeDecode(data));
    const sha256 = sha256Of(bytes);
    hold({ bytes, sha256 });
    return sha256;
  });
  if ("problem" in read) return { ...unread, generationId: read.id, problem: read.problem };
  const record = JSON.stringify(read.record);
  return { line: line.line, generationId: read.record.id, record, hash: sha256Of(record), problem: null };
}

const sha256Of = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");

const safeDecode = (data: string) => {
  try {
    return decodeURIComponent(data);
  } catch {
    return data;
  }
};

/** Removes the lines of imports that no plan will read any more. */
export const removeStagedRecords = (deps: { db: Db; clock: Clock }): Promise<void> =>
  removeStaged(deps, { imports: sql`"GenerationImport"`, lines: sql`"GenerationLine"`, number: sql`"line"` });
