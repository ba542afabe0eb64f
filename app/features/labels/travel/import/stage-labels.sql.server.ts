import { spellingsOfValues } from "~/features/label-schema/label-schema";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { TravelingLabel } from "~/features/labels/travel/formats/label-line";
import { type FileEntry, readLabelFile } from "~/features/labels/travel/formats/read-label-file.server";
import { removeStaged } from "~/features/remove-staged.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { rowsFrom, sql } from "~/ports/sql.server";
import { quote } from "~/quote";

const BATCH = 1_000;

type Staged = {
  line: number;
  told: string | null;
  isForeign: boolean;
  attribute: string | null;
  value: string | null;
  etag: string | null;
  origin: string | null;
  problem: string | null;
};

/**
 * Reads a file of labels into the database, a row a label, where the plan finds it whichever process makes it. What does not fit
 * labels/schema.json is kept as a problem of its line.
 * @param input.source what people call the file
 * @throws DomainError "invalid" for a file of which nothing could be read, or an unusable schema
 */
export async function stageLabels(
  { db, clock }: { db: Db; clock: Clock },
  { chunks, source }: { chunks: AsyncIterable<Buffer>; source: string },
): Promise<{ importId: number; rows: number }> {
  await removeStagedLabels({ db, clock });
  const { attributes } = await loadLabelSchema();
  const values = new Map(
    Object.entries(attributes).map(([name, definition]) => [name, new Map(spellingsOfValues(definition))]),
  );
  const facts = { isWhole: false, unused: new Set<string>() };
  const { id: importId } = await db.labelImport.create({
    data: { source, stagedAt: clock.now() },
    select: { id: true },
  });
  let rows = 0;
  let batch: Staged[] = [];
  const write = async () => {
    if (batch.length === 0) return;
    const list = rowsFrom(batch, {
      ...{ line: "integer", told: "text", isForeign: "boolean", attribute: "text", value: "text" },
      ...{ etag: "text", origin: "text", problem: "text" },
    });
    await db.$executeRaw`
      INSERT INTO "LabelImportLine" ("importId", "seq", "line", "told", "isForeign", "attribute", "value", "etag", "origin", "problem")
      SELECT ${importId}, ${rows} + r."position", r."line", r."told", r."isForeign", r."attribute", r."value", r."etag", r."origin",
             r."problem" FROM ${list} r`;
    rows += batch.length;
    batch = [];
  };
  const reading = { attributes: Object.keys(attributes), source, facts };
  for await (const entry of readLabelFile(chunks, reading)) {
    batch.push(...stagedOf(entry, values));
    if (batch.length >= BATCH) await write();
  }
  await write();
  const { isWhole, unused } = facts;
  await db.labelImport.update({ where: { id: importId }, data: { isWhole, unused: JSON.stringify([...unused]) } });
  return { importId, rows };
}

type Values = ReadonlyMap<string, ReadonlyMap<string, string>>;

function stagedOf(entry: FileEntry, values: Values): Staged[] {
  const { line } = entry;
  const empty = { line, told: null, isForeign: false, attribute: null, value: null, etag: null, origin: null };
  if ("problem" in entry) return [{ ...empty, problem: entry.problem }];
  const { told, isForeign, labels, problems } = entry;
  return [
    ...labels.map((label): Staged => {
      const { attribute, etag, origin } = label;
      const read = readListed(label, values);
      const problem = "problem" in read ? read.problem : null;
      const value = "value" in read ? read.value : null;
      return { line, told, isForeign, attribute, value, etag, origin: JSON.stringify(origin), problem };
    }),
    ...problems.map((problem): Staged => ({ ...empty, told, problem })),
  ];
}

/** The listed value that is meant, or why there is none. */
function readListed({ attribute, value }: TravelingLabel, values: Values): { value: string } | { problem: string } {
  const listed = values.get(attribute);
  if (!listed) return { problem: `has the attribute ${quote(attribute)}, which labels/schema.json does not have` };
  const meant = listed.get(value);
  if (meant !== undefined) return { value: meant };
  return { problem: `has ${quote(value)} for ${quote(attribute)}, which labels/schema.json does not list` };
}

/** Removes the lines of imports that no plan will read any more. */
export const removeStagedLabels = (deps: { db: Db; clock: Clock }): Promise<void> =>
  removeStaged(deps, { imports: sql`"LabelImport"`, lines: sql`"LabelImportLine"`, number: sql`"seq"` });
