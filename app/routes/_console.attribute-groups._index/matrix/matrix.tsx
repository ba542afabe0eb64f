import { cx } from "~/components/ui/cx";
import type { GroupSummary } from "~/features/attribute-groups/read-groups.server";
import { attributeWords } from "~/features/attribute-words";
import type { MatrixContent } from "~/routes/_console.attribute-groups._index/content.server";
import { GroupCard, GroupNames, MissingGroup } from "./group-card";

const cellClass = "border-line p-2 align-top max-sm:p-0 sm:border-l";
const headClass = "h-9 border-b border-l border-line px-3 text-left text-xs font-medium text-muted";
const rowHeadClass =
  "sticky left-0 z-1 border-line bg-surface px-3 py-3 text-left align-top text-sm font-medium max-sm:static max-sm:col-span-3 max-sm:w-auto max-sm:p-0";

/** What a browser draws at once, whatever the number of groups; the panel beside needs pictures too. */
const PICTURES_AT_MOST = 120;

/**
 * Every combination of the root's first two attributes with the groups that state it: none where it is missing, several
 * where folders say the same or the root has further attributes. Below 640 px each row is a section with its cells side
 * by side. What the filter does not mean steps back, so that each group keeps its place.
 */
export function Matrix({ root, content }: { root: string; content: MatrixContent }) {
  const { rows, columns } = content.axes;
  const groupsAt = (row: string, column: string | null) =>
    content.groups.filter(
      ({ attributes }) =>
        attributes?.[rows.attribute] === row && (!columns || attributes[columns.attribute] === column),
    );
  const cells = rows.values.length * (columns?.values.length ?? 1);
  const picturesACell = Math.max(1, Math.floor(PICTURES_AT_MOST / cells));
  return (
    <div className="overflow-x-auto rounded-md border border-line bg-surface">
      <table className="w-full border-separate border-spacing-0 max-sm:block sm:min-w-[640px] sm:table-fixed">
        <caption className="sr-only">
          Groups by {attributeWords(rows.attribute)} {columns && `and ${attributeWords(columns.attribute)}`}
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
              <th scope="row" className={cx(rowHeadClass, index > 0 && "sm:border-t", !columns && "w-32")}>
                {row}
              </th>
              {(columns?.values ?? [null]).map((column) => (
                <td key={column} className={cx(cellClass, index > 0 && "sm:border-t")}>
                  <span className="mb-1 block truncate text-xs text-muted sm:hidden">{column}</span>
                  <Cell
                    root={root}
                    content={content}
                    groups={groupsAt(row, column)}
                    combination={column ? `${row}, ${column}` : row}
                    picturesAtMost={picturesACell}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CellProps = {
  root: string;
  content: MatrixContent;
  groups: GroupSummary[];
  combination: string;
  picturesAtMost: number;
};

function Cell({ root, content: { marked, type }, groups, combination, picturesAtMost }: CellProps) {
  if (groups.length === 0) return <MissingGroup combination={combination} />;
  // What the filter asks for is said of a group rather than what is worse.
  const findingOf = ({ prefix, worst }: GroupSummary) => {
    if (type === null || marked === null) return worst?.type ?? null;
    return marked.includes(prefix) ? type : null;
  };
  const further = groups.slice(picturesAtMost);
  return (
    <>
      {groups.slice(0, picturesAtMost).map((group) => (
        <GroupCard
          key={group.prefix}
          root={root}
          group={group}
          finding={findingOf(group)}
          isDimmed={marked?.includes(group.prefix) === false}
        />
      ))}
      {further.length > 0 && <GroupNames root={root} groups={further} />}
    </>
  );
}
