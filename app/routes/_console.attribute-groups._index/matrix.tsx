import { cx } from "~/components/ui/cx";
import type { GroupSummary, GroupsView } from "~/features/attribute-groups/read-groups.server";
import { GroupCard, MissingGroup } from "./group-card";

const cellClass = "border-line p-2 align-top max-sm:p-0 sm:border-l";
const headClass = "h-9 border-b border-l border-line px-3 text-left text-xs font-medium text-muted";
const rowHeadClass =
  "sticky left-0 z-1 border-line bg-surface px-3 py-3 text-left align-top text-sm font-medium max-sm:static max-sm:col-span-3 max-sm:w-auto max-sm:p-0";

/**
 * Every combination of the root's first two attributes with the groups that state it: none where it is missing, several
 * where folders say the same. Below 640 px each row is a section with its cells side by side.
 */
export function Matrix({ view }: { view: GroupsView }) {
  const { rows, columns } = view.matrix;
  const groupsAt = (row: string, column: string | null) =>
    view.groups.filter(
      ({ attributes }) =>
        attributes?.[rows.attribute] === row && (!columns || attributes[columns.attribute] === column),
    );
  return (
    <div className="overflow-x-auto rounded-md border border-line bg-surface">
      <table className="w-full sm:min-w-[640px] sm:table-fixed border-separate border-spacing-0 max-sm:block">
        <caption className="sr-only">
          Groups by {rows.attribute} {columns && `and ${columns.attribute}`}
        </caption>
        {columns && (
          <thead className="max-sm:sr-only">
            <tr>
              <td className="w-32 border-b border-line" />
              {columns.values.map((value) => (
                <th key={value} scope="col" className={headClass}>
                  {value}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody className="max-sm:block max-sm:divide-y max-sm:divide-line">
          {rows.values.map((row, index) => (
            <tr key={row} className="max-sm:grid max-sm:grid-cols-3 max-sm:gap-2 max-sm:p-3">
              <th scope="row" className={cx(rowHeadClass, index > 0 && "sm:border-t")}>
                {row}
              </th>
              {(columns?.values ?? [null]).map((column) => (
                <td key={column} className={cx(cellClass, index > 0 && "sm:border-t")}>
                  <span className="mb-1 block truncate text-xs text-muted sm:hidden">{column}</span>
                  <Cell view={view} groups={groupsAt(row, column)} combination={column ? `${row}, ${column}` : row} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CellProps = { view: GroupsView; groups: GroupSummary[]; combination: string };

function Cell({ view, groups, combination }: CellProps) {
  if (groups.length === 0) return <MissingGroup combination={combination} />;
  return groups.map((group) => (
    <GroupCard
      key={group.prefix}
      root={view.root}
      group={group}
      // They come most severe first.
      worst={view.findings.find(({ evidence }) => evidence.groups.includes(group.prefix)) ?? null}
    />
  ));
}
