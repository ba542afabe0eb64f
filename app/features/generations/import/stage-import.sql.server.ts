import { createHash } from "node:crypto";
import { type Line, readLines } from "~/features/read-lines.server";
import { removeStaged } from "~/features/remove-staged.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { rowsFrom, sql } from "~/ports/sql.server";
import { readRecord } from "./generation-record";

const BATCH = 500;
/** What one write takes along, whatever its number of lines. */
const BATCH_CHARACTERS = 4_000_000;

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
 * @returns the import's id and how many lines it has
 */
export async function stageImport(
  { db, clock }: { db: Db; clock: Clock },
  input: { chunks: AsyncIterable<Buffer>; source: string },
): Promise<{ importId: number; lines: number }> {
  await removeStagedRecords({ db, clock });
  const { id: importId } = await db.generationImport.create({
    data: { source: input.source, stagedAt: clock.now() },
    select: { id: true },
  });
  let lines = 0;
  let batch: Staged[] = [];
  let characters = 0;
  const write = async () => {
    if (batch.length === 0) return;
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
    const staged = stagedOf(line);
    batch.push(staged);
    characters += staged.record?.length ?? 0;
    lines += 1;
    if (batch.length === BATCH || characters > BATCH_CHARACTERS) await write();
  }
  await write();
  return { importId, lines };
}

function stagedOf(line: Line): Staged {
  const unread = { line: line.line, generationId: null, record: null, hash: null };
  if (line.text === null) return { ...unread, problem: line.problem };
  const read = readRecord(line.text, ({ base64, data }) =>
    sha256Of(base64 ? Buffer.from(data, "base64") : safeDecode(data)),
  );
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
