import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import { type Attributes, type LabelSchema, rootAttributes } from "~/features/label-schema/label-schema";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Db, Prisma } from "~/ports/db.server";
import { quote } from "~/quote";
import { readAuditChanges } from "./audit/read-audit-changes.server";
import { findImageIds } from "./find-image-ids.server";
import type { Finding, FindingType, Severity } from "./findings/finding-types";
import { readOpenFindings } from "./findings/read-findings.server";
import { newestOf } from "./snapshots/newest-snapshot";
import type { ChangeCounts } from "./snapshots/snapshot-changes";

/** A picture to show; `imageId` is null while the index does not know the object as the audit saw it. */
type GroupPicture = { imageId: number | null; key: string; etag: string };

export type GroupSummary = {
  /** The folder's name, exactly. */
  name: string;
  prefix: string;
  /** Null when the name could not be read; `problem` then says what. */
  attributes: Attributes | null;
  problem: string | null;
  /** Pictures directly in it. */
  images: number;
  /** Everything below it but folder markers, and its bytes. */
  objects: number;
  bytes: number;
  /** When the newest of its objects was stored; null: it is empty. */
  newestAt: Date | null;
  reference: GroupPicture | null;
  /** What shows the group where no image stands for it: one of those among which no one has chosen. */
  cover: GroupPicture | null;
  /** Those to be dealt with: no one ignores them. */
  findings: number;
  /** The most severe of them. */
  worst: { type: FindingType; severity: Severity } | null;
};

export type GroupsView = {
  root: string;
  snapshotId: number;
  /** When the last audit began; it found the bucket exactly so. */
  asOf: Date;
  images: number;
  /** Everything below the root but folder markers. */
  objects: number;
  /** What the audit that took this snapshot found changed since the one before; null: nothing is known of one before. */
  lastChanges: ChangeCounts | null;
  /** The first two attributes of the root's pattern; `columns` is null when it has one only. */
  matrix: { rows: MatrixAxis; columns: MatrixAxis | null };
  /** By name. */
  groups: GroupSummary[];
  /** Those of `groups` whose names could not be read. */
  unreadable: GroupSummary[];
  /** Open ones that are to be dealt with, most severe first. */
  findings: Finding[];
  /** Open ones that someone set aside, with the reason. */
  ignored: Finding[];
};
type MatrixAxis = { attribute: string; values: string[] };

const storedAttributes = jsonColumn(z.record(z.string(), z.string())).nullable();

/** The attributes that an audit stored with a group. */
export const parseAttributes = (text: string | null): Attributes | null => storedAttributes.parse(text);

/**
 * The newest snapshot of a root with its open findings; null when it was never audited.
 * @throws DomainError "not-found" for a root that labels/schema.json does not have
 */
export async function readGroups({ db }: { db: Db }, input: { root: string }): Promise<GroupsView | null> {
  const schema = await loadLabelSchema();
  const root = findRoot(schema, input.root);
  const snapshot = await db.groupSnapshot.findFirst({
    ...newestOf(root.name),
    include: { groups: { orderBy: { name: "asc" } } },
  });
  if (!snapshot) return null;
  const { findings, ignored } = await readOpenFindings(db, root.name);
  const summaries = await summarise(db, snapshot.groups, { findings, ignored });
  return {
    root: root.name,
    snapshotId: snapshot.id,
    asOf: snapshot.asOf,
    images: snapshot.images,
    objects: snapshot.objects,
    lastChanges: await readAuditChanges(db, snapshot),
    matrix: matrixOf(schema, root.name),
    groups: summaries,
    unreadable: summaries.filter((group) => group.attributes === null),
    findings,
    ignored,
  };
}

function matrixOf(schema: LabelSchema, root: string): GroupsView["matrix"] {
  const [rows, columns] = rootAttributes(schema, findRoot(schema, root)).map(({ name, values }) => ({
    attribute: name,
    values,
  }));
  if (!rows) throw new Error(`The root ${quote(root)} has no attribute.`);
  return { rows, columns: columns ?? null };
}

type GroupRow = Prisma.GroupGetPayload<object>;

async function summarise(
  db: Db,
  rows: GroupRow[],
  { findings, ignored }: { findings: Finding[]; ignored: Finding[] },
): Promise<GroupSummary[]> {
  const covers = coversOf([...findings, ...ignored]);
  const counts = new Map<string, number>();
  const worst = new Map<string, Finding>();
  for (const finding of findings) {
    for (const prefix of finding.evidence.groups) {
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
      // They come most severe first.
      if (!worst.has(prefix)) worst.set(prefix, finding);
    }
  }
  const shown = rows.flatMap((row) => referenceOf(row) ?? covers.get(row.prefix) ?? []);
  const ids = await findImageIds(db, shown);
  const pictureOf = ({ key, etag }: Shown) => ({ imageId: ids.get(key) ?? null, key, etag });
  return rows.map((row) => {
    const { name, prefix, problem, images, objects, newestAt } = row;
    const reference = referenceOf(row);
    const cover = reference ?? covers.get(prefix);
    const { type, severity } = worst.get(prefix) ?? {};
    return {
      name,
      prefix,
      attributes: parseAttributes(row.attributes),
      problem,
      images,
      objects,
      bytes: Number(row.bytes),
      newestAt,
      reference: reference && pictureOf(reference),
      cover: cover ? pictureOf(cover) : null,
      findings: counts.get(prefix) ?? 0,
      worst: type && severity ? { type, severity } : null,
    };
  });
}

type Shown = { key: string; etag: string };

const referenceOf = ({ referenceKey: key, referenceEtag: etag }: GroupRow): Shown | null =>
  key !== null && etag !== null ? { key, etag } : null;

/** By group, one of the images among which no one has chosen the reference, whether or not someone ignores that. */
function coversOf(findings: Finding[]): Map<string, Shown> {
  const covers = new Map<string, Shown>();
  for (const { type, evidence } of findings) {
    const [candidate] = evidence.objects;
    if ((type !== "several-candidates" && type !== "no-reference") || !candidate) continue;
    for (const prefix of evidence.groups) covers.set(prefix, candidate);
  }
  return covers;
}
