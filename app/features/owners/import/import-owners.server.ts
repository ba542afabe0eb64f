import { count } from "~/features/format";
import type { ItemHandler, ItemResult, OpenItem, PlannedItem } from "~/features/job-runs/kinds/handler";
import { insertOwner } from "~/features/owners/owner-rows.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { importTarget, type OwnerImport, ownerRow } from "./import-owners";

const PAGE = 500;
const CONFLICTS_SHOWN = 20;

type Line = OwnerImport["lines"][number];
type Row = { name: string | null; email: string | null };
const none: Row = { name: null, email: null };

export const importOwnersHandler: ItemHandler<OwnerImport> = {
  async *plan({ db }, { payload: { lines, leftOut } }) {
    const counts = { added: 0, renamed: 0, emails: 0, unchanged: 0 };
    const refused: string[] = [];
    for (let first = 0; first < lines.length; first += PAGE) {
      const page = lines.slice(first, first + PAGE);
      const rows = await readRows(db, page);
      yield page.flatMap((line): PlannedItem[] => {
        const read = readLine(line, rows);
        if (read.conflict !== undefined) {
          const { conflict } = read;
          refused.push(`Line ${line.line}: ${conflict}`);
          return [{ subject: `line ${line.line}`, label: `Line ${line.line}`, target: { conflict } }];
        }
        const { id, before, target } = read;
        if (isSame(before, target)) {
          counts.unchanged += 1;
          return [];
        }
        counts[before.name === null ? "added" : before.name === target.name ? "emails" : "renamed"] += 1;
        return [{ subject: id, before, target }];
      });
    }
    return {
      facts: [
        { label: "New owners", value: count(counts.added) },
        { label: "Renamed", value: count(counts.renamed) },
        { label: "Another email address only", value: count(counts.emails) },
        ...(leftOut.length > 0 ? [{ label: "Columns left out", value: leftOut.join(", ") }] : []),
      ],
      leftOut: [{ what: "Unchanged", count: counts.unchanged }],
      ...(refused.length > 0 && { conflicts: { count: refused.length, sample: refused.slice(0, CONFLICTS_SHOWN) } }),
    };
  },

  async apply(ports, item) {
    const target = importTarget.parse(item.target);
    if ("conflict" in target) return { outcome: "skipped", reason: target.conflict };
    return changeRow(ports, item, target, "This owner changed since the plan was made.");
  },

  undo: {
    findConflicts: (ports, items) =>
      Promise.all(items.map((item) => findConflict(ports.db, item, ownerRow.parse(item.target)))),
    restore: (ports, item) =>
      changeRow(ports, item, ownerRow.parse(item.target), "This owner changed since the import."),
  },
};

async function readRows(db: Db, lines: Line[]) {
  const ids = lines.flatMap((line) => ("owner" in line ? [line.owner.id] : []));
  const rows = await db.owner.findMany({ where: { id: { in: ids } } });
  return new Map(rows.map((row) => [row.id, row]));
}

/** What a line means for the owner that it names; an email address that it leaves out stays. */
function readLine(line: Line, rows: ReadonlyMap<string, Row & { mergedIntoId: string | null }>) {
  if ("complaint" in line) return { conflict: line.complaint };
  const { id, name, email } = line.owner;
  const row = rows.get(id);
  if (row && row.mergedIntoId !== null) {
    return { conflict: `${quote(id)} was merged into ${quote(row.mergedIntoId)}.` };
  }
  const before = row ? { name: row.name, email: row.email } : none;
  return { id, before, target: { name, email: email ?? before.email } };
}

const isSame = (one: Row, other: Row) => one.name === other.name && one.email === other.email;

async function readRow(db: Db, id: string): Promise<Row> {
  const row = await db.owner.findUnique({ where: { id, mergedIntoId: null } });
  return row ? { name: row.name, email: row.email } : none;
}

/** Why an owner cannot become what it was, as a sentence, or null. */
async function findConflict(db: Db, { subject, before }: OpenItem, target: Row): Promise<string | null> {
  const now = await readRow(db, subject);
  if (!isSame(now, ownerRow.parse(before))) {
    return now.name === null
      ? `${quote(subject)} is no longer there.`
      : `${quote(subject)} has changed since the import.`;
  }
  if (target.name !== null) return null;
  const isUsed = await db.owner.count({
    where: { id: subject, OR: [{ images: { some: {} } }, { mergedFrom: { some: {} } }] },
  });
  return isUsed > 0 ? `${quote(subject)} has images or other owners by now, so it stays.` : null;
}

async function changeRow({ db, clock }: Ports, item: OpenItem, target: Row, since: string): Promise<ItemResult> {
  const { subject: id } = item;
  const before = ownerRow.parse(item.before);
  if (!isSame(await readRow(db, id), before)) return { outcome: "skipped", reason: since };
  const conflict = await findConflict(db, item, target);
  if (conflict !== null) return { outcome: "skipped", reason: conflict };
  const where = { id, ...before, mergedIntoId: null };
  const write = (tx: Tx): Promise<unknown> => {
    const { name, email } = target;
    if (name === null) {
      return tx.owner.deleteMany({
        where: { id, mergedIntoId: null, images: { none: {} }, mergedFrom: { none: {} } },
      });
    }
    if (before.name === null) return insertOwner(tx, { id, name, email }, clock.now());
    return tx.owner.updateMany({ where: { ...where, name: before.name }, data: { name, email } });
  };
  return { outcome: "succeeded", after: target, write };
}
