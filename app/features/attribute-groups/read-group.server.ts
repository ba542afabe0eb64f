import { DomainError } from "~/features/domain-error";
import { keysBelow } from "~/features/images/key-layout";
import type { Attributes } from "~/features/label-schema/label-schema";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { type AcceptedLabel, type ProposedValue, readJudgements } from "~/features/labels/read-judgements.server";
import type { Db } from "~/ports/db.server";
import { quote, quoteKey } from "~/quote";
import { isDirect } from "./findings/audit-listing";
import type { Finding } from "./findings/finding-types";
import { readOpenFindings } from "./findings/read-findings.server";
import { parseAttributes } from "./read-groups.server";
import { newestOf } from "./snapshots/newest-snapshot";
import { readListings } from "./snapshots/object-listing.server";
import { type HistoryEntry, readGroupHistory } from "./snapshots/read-group-history.server";

export type GroupImage = {
  id: number;
  key: string;
  etag: string;
  bytes: number;
  /** The next four are null while the bytes of this ETag are unread. */
  contentType: string | null;
  width: number | null;
  height: number | null;
  /** Why the bytes are no usable image. */
  unreadable: string | null;
  /** The archive class in which it cannot be read before it is restored. */
  archivedAs: string | null;
  isReference: boolean;
  /** False when the last audit listed other bytes under its key, or nothing: it changed between audit and index. */
  isAsAudited: boolean;
  /** False for what lies deeper than the group's folder and so is no part of the group. */
  isDirect: boolean;
  labels: AcceptedLabel[];
  /** Of the newest label run that asked about the attribute. */
  proposals: ProposedValue[];
};

export type GroupView = {
  root: string;
  name: string;
  prefix: string;
  attributes: Attributes | null;
  problem: string | null;
  /** Counts of the snapshot. */
  objects: number;
  imageCount: number;
  bytes: number;
  snapshotId: number;
  asOf: Date;
  /** A page of what the image index knows below the folder: the reference first, then by key. */
  images: GroupImage[];
  /** Rows of the index below the folder; other objects than pictures included. */
  indexed: number;
  pageSize: number;
  /** Open ones that are to be dealt with, most severe first. */
  findings: Finding[];
  /** Open ones that someone set aside. */
  ignored: Finding[];
  /** What happened to the group, under its former names too; the newest first, at most 30. */
  history: HistoryEntry[];
};

const PAGE_SIZE = 60;

/**
 * One group of the newest snapshot, with its images as the index knows them now.
 * @param input.page from 1
 * @throws DomainError "not-found" for a root that labels/schema.json does not have, and for a folder that the last audit
 * did not see
 */
export async function readGroup(
  { db }: { db: Db },
  input: { root: string; name: string; page?: number },
): Promise<GroupView> {
  const root = findRoot(await loadLabelSchema(), input.root);
  const snapshot = await db.groupSnapshot.findFirst({
    ...newestOf(root.name),
    include: { groups: { where: { name: input.name } } },
  });
  const group = snapshot?.groups[0];
  if (!snapshot || !group) {
    throw new DomainError(
      "not-found",
      `The last audit saw no folder ${quote(input.name)} in ${quoteKey(root.prefix)}. Audit again, or open the list of groups.`,
    );
  }
  const { prefix, referenceKey, listingHash } = group;
  const attributes = parseAttributes(group.attributes);
  const open = await readOpenFindings(db, root.name);
  const isHere = ({ evidence }: Finding) => evidence.groups.includes(prefix);
  const entries = (await readListings(db, [listingHash])).get(listingHash) ?? [];
  const listed = new Map(entries.map(([path, etag]) => [`${prefix}${path}`, etag]));
  const { images, total } = await readImages(db, { prefix, referenceKey, listed, page: input.page ?? 1 });
  return {
    root: root.name,
    name: group.name,
    prefix,
    attributes,
    problem: group.problem,
    objects: group.objects,
    imageCount: group.images,
    bytes: Number(group.bytes),
    snapshotId: snapshot.id,
    asOf: snapshot.asOf,
    images,
    indexed: total,
    pageSize: PAGE_SIZE,
    findings: open.findings.filter(isHere),
    ignored: open.ignored.filter(isHere),
    history: await readGroupHistory(db, { root: root.name, prefix }),
  };
}

async function readImages(
  db: Db,
  group: { prefix: string; referenceKey: string | null; listed: Map<string, string>; page: number },
): Promise<{ images: GroupImage[]; total: number }> {
  const { prefix, referenceKey, listed } = group;
  const isInGroup = { key: keysBelow(prefix), goneAt: null };
  const total = await db.image.count({ where: isInGroup });
  const reference = referenceKey ? await db.image.findFirst({ where: { key: referenceKey, goneAt: null } }) : null;
  // The reference leads the first page; every other row keeps its place among the others.
  const skip = (group.page - 1) * PAGE_SIZE;
  const leads = reference ? 1 : 0;
  const others = await db.image.findMany({
    where: { AND: [isInGroup, reference ? { key: { not: reference.key } } : {}] },
    orderBy: { key: "asc" },
    skip: Math.max(0, skip - leads),
    take: group.page === 1 ? PAGE_SIZE - leads : PAGE_SIZE,
  });
  const rows = reference && group.page === 1 ? [reference, ...others] : others;
  const judgementsOf = await readJudgements(db, rows);
  const images = rows.map((row): GroupImage => {
    const isRead = row.readEtag === row.etag;
    return {
      id: row.id,
      key: row.key,
      etag: row.etag,
      bytes: Number(row.bytes),
      contentType: isRead ? row.contentType : null,
      width: isRead ? row.width : null,
      height: isRead ? row.height : null,
      unreadable: isRead ? row.unreadable : null,
      archivedAs: row.archivedAs,
      isReference: row.key === referenceKey,
      isAsAudited: listed.get(row.key) === row.etag,
      isDirect: isDirect(prefix, row.key),
      ...judgementsOf(row.id),
    };
  });
  return { images, total };
}
