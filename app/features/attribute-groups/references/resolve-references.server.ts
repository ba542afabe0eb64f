import { findReference } from "~/features/attribute-groups/findings/audit-listing";
import { explainNoReference } from "~/features/attribute-groups/findings/explain-no-reference";
import { newestOf } from "~/features/attribute-groups/snapshots/newest-snapshot";
import { readListings } from "~/features/attribute-groups/snapshots/object-listing.server";
import { DomainError } from "~/features/domain-error";
import type { Attributes, LabelSchema } from "~/features/label-schema/label-schema";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Db, Prisma } from "~/ports/db.server";
import { quote } from "~/quote";
import {
  type ChosenReference,
  chooseReferences,
  type GroupReference,
  groupsThatSay,
  type MatchingGroup,
  type MissingReference,
  refusalOf,
} from "./choose-references";
import { narrowByAge } from "./narrow-by-age.server";
import { type ReferenceMode, type ReferenceRequest, readAgeRange, readReferenceRequest } from "./reference-request";

export type ChosenReferences = {
  root: string;
  mode: ReferenceMode;
  /** What was asked for, as listed values. */
  attributes: Attributes;
  /** The age range that was asked for, as a listed value; null: any. */
  ageRange: string | null;
  snapshotId: number;
  /** When the last audit began; it found the bucket exactly so. */
  asOf: Date;
  /** At most one a group. */
  references: ChosenReference[];
  missing: MissingReference[];
};

/**
 * The reference images that the image agent is to draw with: of each group of the newest snapshot that says exactly what
 * was asked, the one image that stands for it; where an age range is asked for, only an image with this accepted label. The same
 * snapshot, labels and request always give the same answer.
 * @throws DomainError "invalid" for attributes that are not the mode's or not the root's; "not-found" for an unknown root
 * or value, or when no image stands for what was asked; "conflict" for a root without an audit, or when all that matches
 * is ambiguous
 */
export async function resolveReferences({ db }: { db: Db }, request: ReferenceRequest): Promise<ChosenReferences> {
  const selection = await selectReferences({ db, schema: await loadLabelSchema() }, request);
  const refusal = refusalOf(selection);
  if (refusal) throw refusal;
  return selection;
}

/** The same by a schema that is at hand; a selection of nothing is one too, and says why. */
export async function selectReferences(
  { db, schema }: { db: Db; schema: LabelSchema },
  request: ReferenceRequest,
): Promise<ChosenReferences> {
  const root = findRoot(schema, request.root);
  const attributes = readReferenceRequest(schema, root, request);
  const ageRange = typeof request.ageRange === "string" ? readAgeRange(schema, request.ageRange) : null;
  const snapshot = await db.groupSnapshot.findFirst({
    ...newestOf(root.name),
    include: { groups: { select: groupColumns } },
  });
  if (!snapshot) throw new DomainError("conflict", `${quote(root.name)} has not been audited yet. Audit it first.`);
  if (snapshot.prefix !== root.prefix) {
    throw new DomainError(
      "conflict",
      `${quote(root.name)} lies at ${quote(root.prefix)} now, but the last audit looked at ${quote(snapshot.prefix)}; audit it first.`,
    );
  }
  const groups = await readReferencesOf(db, groupsThatSay(schema, root, attributes, snapshot.groups));
  const { id: snapshotId, asOf } = snapshot;
  const chosen = chooseReferences(schema, root, attributes, groups);
  const aged = ageRange === null ? null : await narrowByAge(db, chosen.references, ageRange);
  return {
    root: root.name,
    mode: request.mode,
    attributes,
    ageRange,
    snapshotId,
    asOf,
    references: aged ? aged.references : chosen.references,
    missing: [...chosen.missing, ...(aged?.missing ?? [])],
  };
}

const groupColumns = {
  name: true,
  prefix: true,
  images: true,
  referenceKey: true,
  referenceEtag: true,
  listingHash: true,
} satisfies Prisma.GroupSelect;
type GroupRow = Prisma.GroupGetPayload<{ select: typeof groupColumns }> & { attributes: Attributes };

/** The image that stands for each group, unless its very bytes are known to be no usable picture, or out of reach. */
async function readReferencesOf(db: Db, rows: GroupRow[]): Promise<MatchingGroup[]> {
  const withoutReference = rows.filter(({ referenceKey, images }) => referenceKey === null && images > 0);
  const [listings, images] = await Promise.all([
    readListings(
      db,
      withoutReference.map(({ listingHash }) => listingHash),
    ),
    db.image.findMany({
      where: {
        key: { in: rows.flatMap(({ referenceKey }) => referenceKey ?? []) },
        OR: [{ unreadable: { not: null } }, { archivedAs: { not: null } }],
      },
      select: { key: true, etag: true, readEtag: true, unreadable: true, archivedAs: true },
    }),
  ]);
  const unusable = new Map(images.map((image) => [image.key, image]));
  const referenceOf = ({ name, prefix, referenceKey, referenceEtag, listingHash }: GroupRow): GroupReference => {
    if (referenceKey === null || referenceEtag === null) {
      const objects = (listings.get(listingHash) ?? []).map(([path, , bytes]) => ({ key: prefix + path, bytes }));
      return explainNoReference(name, findReference(prefix, objects));
    }
    const image = unusable.get(referenceKey);
    const what = `The reference image of ${quote(name)}, ${quote(referenceKey.slice(prefix.length))},`;
    if (image?.unreadable && image.readEtag === referenceEtag) {
      return { reference: null, type: "undecodable", reason: `${what} cannot be used: ${image.unreadable}` };
    }
    if (image?.archivedAs && image.etag === referenceEtag) {
      const reason = `${what} is archived and cannot be read before it is restored in the store.`;
      return { reference: null, type: "archived", reason };
    }
    return { reference: { key: referenceKey, etag: referenceEtag } };
  };
  return rows.map((row) => {
    const { name, prefix, attributes } = row;
    return { name, prefix, attributes, ...referenceOf(row) };
  });
}
