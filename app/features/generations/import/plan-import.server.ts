import { setImmediate } from "node:timers/promises";
import type { RunContext } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { type FoundItem, plannedItems } from "~/features/job-runs/kinds/planned-items.sql.server";
import type { Db } from "~/ports/db.server";
import type { Sql } from "~/ports/sql.server";
import { quote, quoteKey } from "~/quote";
import type { Choice } from "./choose-image";
import type { GenerationRecord } from "./generation-record";
import type { GenerationState } from "./import-generations";
import { createImportSums, type ImportSums } from "./import-sums";
import { readStagedLines, readUnresolved, type StagedLine } from "./plan-lines.sql.server";
import { type Resolved, resolveRecords } from "./resolve-records.server";

/** Lines that are looked up together. */
const PAGE = 1_000;

type Ready = StagedLine & { record: GenerationRecord; hash: string };

/**
 * Plans the lines of an import: a record for each, with its image and references found by name or bytes. A line that is broken
 * or has the id of another record is an item too, which is skipped with its reason; what is in the database as it is stays out.
 */
export async function* planImport(
  db: Db,
  { payload: { importId }, signal }: RunContext<{ importId: number }>,
  size: () => number,
): AsyncGenerator<Sql, PlanSummary> {
  const sums = createImportSums();
  const newest = await db.image.findFirst({ orderBy: { id: "desc" }, select: { id: true } });
  // One byte an image: which get their owner from an earlier line.
  const isFilled = new Uint8Array((newest?.id ?? 0) + 1);
  for (let after = 0; ; ) {
    // The database answers at once, so that without this no timer (the lease's) and no signal would have its turn.
    await setImmediate();
    signal.throwIfAborted();
    const lines = await readStagedLines(db, { importId, after, limit: Math.min(size(), PAGE) });
    const last = lines.at(-1);
    if (!last) return sums.tell();
    after = last.line;
    const items = await planLines(db, lines, sums, isFilled);
    if (items.length > 0) yield plannedItems(items);
  }
}

async function planLines(db: Db, lines: StagedLine[], sums: ImportSums, isFilled: Uint8Array): Promise<FoundItem[]> {
  const unresolved = await readUnresolved(
    db,
    lines.flatMap(({ generationId, hash, knownHash }) => (generationId && hash === knownHash ? [generationId] : [])),
  );
  const items = new Map<number, FoundItem>();
  const ready: Ready[] = [];
  for (const line of lines) {
    const problem = refusalOf(line);
    if (problem !== null) {
      const sentence = `Line ${line.line} ${problem}.`;
      sums.refuse(sentence);
      const subject = `line ${line.line}`;
      items.set(line.line, { subject, label: subject, before: null, target: JSON.stringify({ problem: sentence }) });
    } else if (isReady(line)) {
      if (line.firstLine !== line.line) sums.counts.repeated += 1;
      else if (line.knownHash === null || unresolved.has(line.record.id)) ready.push(line);
      else sums.counts.same += 1;
    }
  }
  for (const resolved of await resolveRecords(db, ready)) {
    const { line, state } = resolved;
    const former = unresolved.get(line.record.id);
    if (former && !isMoreIn(state, former)) {
      sums.counts.same += 1;
      continue;
    }
    const target = former?.imageId ? { ...state, imageId: former.imageId, key: former.key } : state;
    const before = former && { ...state, ...former, ownerId: null };
    const ownerId = addUp(sums, resolved, { isNew: !former, isFilled });
    items.set(line.line, {
      subject: line.record.id,
      label: target.key ?? line.record.image?.told ?? line.record.id,
      before: before ? JSON.stringify(before) : null,
      target: JSON.stringify({ ...target, ownerId }),
    });
  }
  return [...items].sort(([a], [b]) => a - b).map(([, item]) => item);
}

type Former = { imageId: number | null; elsewhere: unknown[] };

/** Whether more of a record is found now than it was when it was imported. */
const isMoreIn = (state: GenerationState, former: Former) =>
  (state.imageId !== null && former.imageId === null) || state.elsewhere.length < former.elsewhere.length;

/** Adds a record to the sums. @returns the owner whom its image, which has none, gets by it */
function addUp(
  sums: ImportSums,
  { line: { line, record }, state, image, references, owner }: Resolved<Ready>,
  { isNew, isFilled }: { isNew: boolean; isFilled: Uint8Array },
): string | null {
  sums.counts[isNew ? "new" : "foundSince"] += 1;
  sums.name(Object.keys(record.more));
  const miss = (choice: Choice, position: number) => {
    const why = state.elsewhere.find((one) => one.position === position)?.lastError;
    if (choice.image === null && why)
      sums.miss(`Line ${line}: ${why}`, { isAmbiguous: choice.isAmbiguous, isReference: position > 0 });
  };
  for (const [at, choice] of references.entries()) miss(choice, at + 1);
  if (image === null) {
    sums.counts.withoutImage += 1;
    return null;
  }
  miss(image, 0);
  if (image.image === null) return null;
  sums.find(image.image.id, image.by);
  if (owner === null || image.image.ownerId === owner.id) return null;
  const { id, key, ownerId } = image.image;
  if (ownerId !== null || isFilled[id]) {
    if (ownerId !== null)
      sums.keepOwner(
        `Line ${line}: ${quoteKey(key)} belongs to ${quote(ownerId)}, the record names ${quote(owner.id)}.`,
      );
    return null;
  }
  isFilled[id] = 1;
  sums.counts.filled += 1;
  if (!owner.isKnown) sums.newOwners.add(owner.id);
  return owner.id;
}

const isReady = (line: StagedLine): line is Ready => line.record !== null && line.hash !== null;

/** Why a line does not go in, as the end of a sentence; null for one that does, or is there already. */
function refusalOf({ generationId, hash, problem, line, firstLine, firstHash, knownHash }: StagedLine): string | null {
  if (problem !== null) return problem;
  const id = quote(generationId ?? "");
  if (firstLine !== line && firstHash !== hash) return `has the id ${id} of line ${firstLine}, with other content`;
  if (knownHash !== null && knownHash !== hash) return `has the id ${id} of a record that is there, with other content`;
  return null;
}
