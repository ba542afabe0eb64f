import { readActionScope } from "~/features/attribute-groups/actions/read-action-scope.server";
import { findPictures } from "~/features/attribute-groups/find-pictures.server";
import type { Finding, FindingType } from "~/features/attribute-groups/findings/finding-types";
import { narrowGroups } from "~/features/attribute-groups/narrow-groups";
import type { GroupsView } from "~/features/attribute-groups/read-groups.server";
import { listSnapshots, readChanges } from "~/features/attribute-groups/snapshots/read-changes.server";
import { countChanges, type SnapshotChanges } from "~/features/attribute-groups/snapshots/snapshot-changes";
import type { AttributeRoot } from "~/features/label-schema/label-schema";
import { groupFilter } from "~/features/list-filters";
import type { Db } from "~/ports/db.server";
import { idOf, pageOf } from "~/web/address";

/** As many findings as someone reads before they filter; a bad day has thousands. */
const FINDINGS_SHOWN = 100;
/** A folder that cannot be read has its finding too; the list has every one of them. */
const UNREADABLE_SHOWN = 20;
const ROWS_A_PAGE = 100;
const CHANGES_SHOWN = 100;

type Asked = { root: AttributeRoot; view: GroupsView; type: FindingType | null };

/** What the address asks to see of an audited root: its matrix, its list, or what changed. */
export async function loadContent(db: Db, known: { root: AttributeRoot; view: GroupsView }, params: URLSearchParams) {
  const asked = { ...known, ...groupFilter.parse(params) };
  const askedId = (name: string) => (params.get(name) ? idOf(params.get(name) ?? "") : undefined);
  switch (params.get("view")) {
    case "list":
      return toList({ ...asked, page: pageOf(params) });
    case "changes":
      return loadChanges(db, { ...asked, from: askedId("from"), to: askedId("to") });
    default:
      return loadMatrix(db, { ...asked, finding: Number(params.get("finding")) });
  }
}

/** The matrix and the findings beside it; `finding` is the one that is open. */
async function loadMatrix(db: Db, { root, view, type, finding }: Asked & { finding: number }) {
  const { findings, ignored, groups } = narrowGroups(view, type);
  const open = [...view.findings, ...view.ignored].find(({ id }) => id === finding);
  return {
    kind: "matrix" as const,
    axes: view.matrix,
    groups: view.groups.filter(({ attributes }) => attributes !== null),
    unreadable: view.unreadable.slice(0, UNREADABLE_SHOWN),
    unreadableCount: view.unreadable.length,
    /** Prefixes of the groups that the filter means; null: it is not set. */
    marked: type === null ? null : groups.map(({ prefix }) => prefix),
    type,
    findings: cut(findings, finding),
    findingCount: findings.length,
    ignored: cut(ignored, finding),
    ignoredCount: ignored.length,
    openFinding: open?.id ?? null,
    /** By ETag, an image to show for the evidence of the open finding. */
    pictures: open
      ? await findPictures(db, { prefix: root.prefix, etags: open.evidence.objects.map(({ etag }) => etag) })
      : {},
    scope: await readActionScope({ db }, { root: root.name }),
  };
}

function cut(findings: Finding[], open: number): Finding[] {
  return findings.filter(({ id }, index) => index < FINDINGS_SHOWN || id === open);
}

/** A page of the groups as rows. */
function toList({ view, type, page }: Asked & { page: number }) {
  const { groups } = narrowGroups(view, type);
  const start = (page - 1) * ROWS_A_PAGE;
  return {
    kind: "list" as const,
    rows: groups.slice(start, start + ROWS_A_PAGE),
    total: groups.length,
    page,
    pageSize: ROWS_A_PAGE,
    isNarrowed: type !== null,
  };
}

/** What differs between two audits, the newest two unless others are asked for. */
async function loadChanges(
  db: Db,
  { root, from, to }: { root: AttributeRoot; from: number | undefined; to: number | undefined },
) {
  const [snapshots, compared] = await Promise.all([
    listSnapshots({ db }, { root: root.name }),
    readChanges({ db }, { root: root.name, from, to }),
  ]);
  if (!compared) return { kind: "changes" as const, prefix: root.prefix, snapshots, comparison: null };
  const changes = cutChanges(compared.changes);
  const etags = changes.references.flatMap(({ before, after }) =>
    [before, after].flatMap((image) => image?.etag ?? []),
  );
  const pictures = await findPictures(db, { prefix: root.prefix, etags });
  const comparison = { ...compared, changes, counts: countChanges(compared.changes), pictures };
  return { kind: "changes" as const, prefix: root.prefix, snapshots, comparison };
}

/** The beginning of each list. */
function cutChanges({ added, removed, renamed, references, objects }: SnapshotChanges): SnapshotChanges {
  const cutList = <Item>(list: Item[]) => list.slice(0, CHANGES_SHOWN);
  return {
    added: cutList(added),
    removed: cutList(removed),
    renamed: cutList(renamed),
    references: cutList(references),
    objects: {
      moved: cutList(objects.moved),
      added: cutList(objects.added),
      removed: cutList(objects.removed),
      replaced: cutList(objects.replaced),
    },
  };
}

export type MatrixContent = Awaited<ReturnType<typeof loadMatrix>>;
export type ListContent = ReturnType<typeof toList>;
export type ChangesContent = Awaited<ReturnType<typeof loadChanges>>;
