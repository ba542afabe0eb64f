import { z } from "zod";
import type { Db, Prisma } from "~/ports/db.server";
import { type Finding, type Severity, worstSeverity } from "./finding-types";
import { groupSlug } from "./group-slug";
import { type Attributes, type LabelSchema, rootAttributes } from "./label-schema";
import { findRoot, loadLabelSchema } from "./load-label-schema.server";
import { countSeverities, readOpenFindings } from "./read-findings.server";

/** A picture to show; `imageId` is null while the index does not know the object. */
type GroupPicture = { imageId: number | null; key: string };

export type GroupSummary = {
  /** The folder's name, exactly. */
  name: string;
  /** The name as a URL's path part, before encoding. */
  slug: string;
  prefix: string;
  /** Null when the name could not be read; `problem` then says what. */
  attributes: Attributes | null;
  problem: string | null;
  /** Everything below the folder. */
  objects: number;
  /** Pictures directly in it. */
  images: number;
  /** Of `objects`. */
  bytes: number;
  newestAt: Date | null;
  reference: (GroupPicture & { etag: string }) | null;
  /** What shows the group where no image stands for it: one of those among which nobody has chosen. */
  cover: GroupPicture | null;
  findings: number;
  worst: Severity | null;
};

export type GroupsView = {
  snapshotId: number;
  root: string;
  prefix: string;
  /** When the audit that made this snapshot began. */
  takenAt: Date;
  /** When the last audit began; it found the bucket exactly so. */
  asOf: Date;
  objects: number;
  images: number;
  /** The first two attributes of the root's pattern; `columns` is null when it has one only. */
  matrix: { rows: MatrixAxis; columns: MatrixAxis | null };
  /** By name. */
  groups: GroupSummary[];
  /** Those of `groups` whose names could not be read. */
  unreadable: GroupSummary[];
  /** Open ones, most severe first. */
  findings: Finding[];
  severities: Record<Severity, number>;
};
type MatrixAxis = { attribute: string; values: string[] };

const storedAttributes = z.record(z.string(), z.string());

/** The attributes that an audit stored with a group. */
export function parseAttributes(text: string | null): Attributes | null {
  return text === null ? null : storedAttributes.parse(JSON.parse(text));
}

/** The roots of labels/schema.json, in its order; `asOf` is null for one that was never audited. */
export async function listRoots({ db }: { db: Db }) {
  const { roots } = await loadLabelSchema();
  const audits = await db.groupSnapshot.groupBy({ by: ["root"], _max: { asOf: true } });
  const asOf = new Map(audits.map(({ root, _max }) => [root, _max.asOf]));
  return roots.map((root) => ({ ...root, asOf: asOf.get(root.name) ?? null }));
}

/**
 * The newest snapshot of a root with its open findings; null when it was never audited.
 * @throws DomainError "not-found" for a root that labels/schema.json does not have
 */
export async function readGroups({ db }: { db: Db }, input: { root: string }): Promise<GroupsView | null> {
  const schema = await loadLabelSchema();
  const root = findRoot(schema, input.root);
  const snapshot = await db.groupSnapshot.findFirst({
    where: { root: root.name },
    orderBy: { id: "desc" },
    include: { groups: { orderBy: { name: "asc" } } },
  });
  if (!snapshot) return null;
  const findings = await readOpenFindings(db, root.name);
  const summaries = await summarise(db, snapshot.groups, findings);
  const { id: snapshotId, prefix, takenAt, asOf, objects, images } = snapshot;
  return {
    snapshotId,
    root: root.name,
    prefix,
    takenAt,
    asOf,
    objects,
    images,
    matrix: matrixOf(schema, root.name),
    groups: summaries,
    unreadable: summaries.filter((group) => group.attributes === null),
    findings,
    severities: countSeverities(findings),
  };
}

function matrixOf(schema: LabelSchema, root: string): GroupsView["matrix"] {
  const [rows, columns] = rootAttributes(schema, findRoot(schema, root)).map(({ name, values }) => ({
    attribute: name,
    values,
  }));
  if (!rows) throw new Error(`The root “${root}” has no attribute.`);
  return { rows, columns: columns ?? null };
}

type GroupRow = Prisma.GroupGetPayload<object>;

async function summarise(db: Db, rows: GroupRow[], findings: Finding[]): Promise<GroupSummary[]> {
  const covers = new Map<string, string>();
  const severities = new Map<string, Severity[]>();
  for (const { type, severity, evidence } of findings) {
    const [candidate] = evidence.objects;
    for (const prefix of evidence.groups) {
      severities.set(prefix, [...(severities.get(prefix) ?? []), severity]);
      const isOpenChoice = type === "several-candidates" || type === "no-reference";
      if (isOpenChoice && candidate) covers.set(prefix, candidate.key);
    }
  }
  const shownKeys = rows.flatMap((row) => row.referenceKey ?? covers.get(row.prefix) ?? []);
  const images = await db.image.findMany({
    where: { key: { in: shownKeys }, goneAt: null },
    select: { id: true, key: true },
  });
  const ids = new Map(images.map(({ id, key }) => [key, id]));
  const pictureOf = (key: string) => ({ imageId: ids.get(key) ?? null, key });
  return rows.map((row) => {
    const { name, prefix, problem, objects, images, newestAt, referenceKey, referenceEtag } = row;
    const cover = referenceKey ?? covers.get(prefix);
    const own = severities.get(prefix) ?? [];
    return {
      name,
      slug: groupSlug(name),
      prefix,
      attributes: parseAttributes(row.attributes),
      problem,
      objects,
      images,
      bytes: Number(row.bytes),
      newestAt,
      reference: referenceKey && referenceEtag ? { ...pictureOf(referenceKey), etag: referenceEtag } : null,
      cover: cover === undefined ? null : pictureOf(cover),
      findings: own.length,
      worst: worstSeverity(own),
    };
  });
}
