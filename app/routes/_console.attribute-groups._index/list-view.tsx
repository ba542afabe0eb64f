import { Link, useSearchParams } from "@remix-run/react";
import { FolderSearch } from "lucide-react";
import { Severity } from "~/components/groups/severity";
import { ExportLinks } from "~/components/lists/export-links";
import { Pages } from "~/components/lists/pages";
import { type Column, Table } from "~/components/lists/table";
import { Time } from "~/components/time";
import { CountTitle } from "~/components/ui/count-title";
import { EmptyState } from "~/components/ui/empty-state";
import { More } from "~/components/ui/more";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { findingTypes } from "~/features/attribute-groups/findings/finding-types";
import { groupPath } from "~/features/attribute-groups/group-slug";
import type { GroupSummary } from "~/features/attribute-groups/read-groups.server";
import { bytes, count } from "~/features/format";
import { baseName } from "~/features/images/key-layout";
import { groupFilter, onlyFilter } from "~/features/list-filters";
import type { ListContent } from "./content.server";

/** The groups as rows, one page of them; the export has them all. */
export function ListView({ root, content }: { root: string; content: ListContent }) {
  const [params] = useSearchParams();
  const { rows, total, page, pageSize, isNarrowed } = content;
  return (
    <Panel
      title={<CountTitle total={total}>Groups</CountTitle>}
      isPadded={false}
      aside={
        total > 0 && (
          <ExportLinks
            path="/group-exports/groups"
            params={new URLSearchParams([["root", root], ...onlyFilter(groupFilter, params)])}
            what="groups"
          />
        )
      }
    >
      {rows.length > 0 ? (
        <Table caption={`Groups of ${root}`} columns={columnsOf(root)} rows={rows} rowKey={({ prefix }) => prefix} />
      ) : (
        <EmptyState icon={FolderSearch} title={isNarrowed ? "No group has this finding" : "No group here"}>
          <p>
            {isNarrowed
              ? "It was fixed, or it concerns something outside every group: the matrix lists every finding."
              : "Each folder directly below the root is a group, and appears here after the next audit."}
          </p>
        </EmptyState>
      )}
      <Pages page={page} pageSize={pageSize} total={total} />
    </Panel>
  );
}

const columnsOf = (root: string): Column<GroupSummary>[] => [
  {
    header: "Group",
    isLead: true,
    cell: ({ name }) => (
      <Link to={groupPath(root, name)} className="row-link font-medium [overflow-wrap:anywhere]">
        {name}
      </Link>
    ),
  },
  {
    header: "Attributes",
    cell: ({ attributes }) => (
      <span className="text-muted">{attributes ? Object.values(attributes).join(", ") : "not readable"}</span>
    ),
  },
  { header: "Images", align: "end", cell: ({ images }) => count(images) },
  { header: "Bytes", align: "end", cell: (group) => <span className="whitespace-nowrap">{bytes(group.bytes)}</span> },
  {
    header: "Newest change",
    align: "end",
    cell: ({ newestAt }) => <span className="text-muted">{newestAt ? <Time at={newestAt} /> : "–"}</span>,
  },
  {
    header: "Reference",
    cell: ({ reference, name }) =>
      reference ? (
        // The name comes first, for its baseline is the cell's.
        <span className="flex flex-row-reverse items-center justify-end gap-2 max-sm:items-baseline">
          <span className="[overflow-wrap:anywhere]">{baseName(reference.key)}</span>
          <Picture
            imageId={reference.imageId}
            etag={reference.etag}
            alt={`Reference image of ${name}`}
            className="-my-1.5 h-8 w-6 shrink-0 max-sm:my-0 max-sm:self-center"
          />
        </span>
      ) : (
        <span className="text-muted">none</span>
      ),
  },
  {
    header: "Worst finding",
    cell: ({ worst, findings }) =>
      worst && (
        <span className="flex flex-wrap items-baseline gap-x-2">
          <Severity severity={worst.severity} text={findingTypes[worst.type].title} />
          <More as="span" total={findings} shown={1} className="text-xs" />
        </span>
      ),
  },
];
