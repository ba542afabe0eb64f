import { z } from "zod";
import type { Db, Prisma } from "~/ports/db.server";
import type { Finding } from "./finding-types";
import { type AttributeRoot, type Attributes, type LabelSchema, rootAttributes } from "./label-schema";
import { findRoot, loadLabelSchema } from "./load-label-schema.server";
import { readOpenFindings } from "./read-findings.server";

/** A picture to show; `imageId` is null while the index does not know the object. */
type GroupPicture = { imageId: number | null; key: string };

export type GroupSummary = {
  /** The folder's name, exactly. */
  name: string;
  prefix: string;
  /** Null when the name could not be read; `problem` then says what. */
  attributes: Attributes | null;
  problem: string | null;
  /** Pictures directly in it. */
  images: number;
  reference: (GroupPicture & { etag: string }) | null;
  /** What shows the group where no image stands for it: one of those among which nobody has chosen. */
  cover: GroupPicture | null;
  findings: number;
};

export type GroupsView = {
  root: string;
  /** When the last audit began; it found the bucket exactly so. */
  asOf: Date;
  images: number;
  /** The first two attributes of the root's pattern; `columns` is null when it has one only. */
  matrix: { rows: MatrixAxis; columns: MatrixAxis | null };
  /** By name. */
  groups: GroupSummary[];
  /** Those of `groups` whose names could not be read. */
  unreadable: GroupSummary[];
  /** Open ones, most severe first. */
  findings: Finding[];
};
type MatrixAxis = { attribute: string; values: string[] };

const storedAttributes = z.record(z.string(), z.string());

/** The attributes that an audit stored with a group. */
export function parseAttributes(text: string | null): Attributes | null {
  return text === null ? null : storedAttributes.parse(JSON.parse(text));
}

/** The roots of labels/schema.json, in its order. */
export async function listRoots(): Promise<AttributeRoot[]> {
  return (await loadLabelSchema()).roots;
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
  return {
    root: root.name,
    asOf: snapshot.asOf,
    images: snapshot.images,
    matrix: matrixOf(schema, root.name),
    groups: summaries,
    unreadable: summaries.filter((group) => group.attributes === null),
    findings,
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
  const counts = new Map<string, number>();
  for (const { type, evidence } of findings) {
    const [candidate] = evidence.objects;
    for (const prefix of evidence.groups) {
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
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
    const { name, prefix, problem, images, referenceKey, referenceEtag } = row;
    const cover = referenceKey ?? covers.get(prefix);
    return {
      name,
      prefix,
      attributes: parseAttributes(row.attributes),
      problem,
      images,
      reference: referenceKey && referenceEtag ? { ...pictureOf(referenceKey), etag: referenceEtag } : null,
      cover: cover === undefined ? null : pictureOf(cover),
      findings: counts.get(prefix) ?? 0,
    };
  });
}
