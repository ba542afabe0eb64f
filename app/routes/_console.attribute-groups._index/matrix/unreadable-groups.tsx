import { Link } from "@remix-run/react";
import { useCanAct } from "~/components/groups/action-scope";
import { RenameDialog } from "~/components/groups/rename-dialog";
import { cx } from "~/components/ui/cx";
import { Button } from "~/components/ui/forms/button";
import { More } from "~/components/ui/more";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import { groupPath } from "~/features/attribute-groups/group-slug";
import type { GroupSummary } from "~/features/attribute-groups/read-groups.server";
import { plural } from "~/features/format";
import { quote } from "~/quote";

type UnreadableGroupsProps = {
  root: string;
  /** The first of them. */
  groups: GroupSummary[];
  total: number;
  /** Prefixes of the groups that a filter means; null: it is not set. */
  marked: string[] | null;
};

/** Folders that stand in no cell, because their names cannot be read; their findings say why. */
export function UnreadableGroups({ root, groups, total, marked }: UnreadableGroupsProps) {
  const canAct = useCanAct();
  return (
    <Panel title={`Could not read ${plural(total, "folder name")}`} isPadded={false}>
      <ul className="divide-y divide-line">
        {groups.map((group) => (
          <li
            key={group.prefix}
            className="relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-hover max-sm:py-3"
          >
            <Link
              to={groupPath(root, group.name)}
              className={cx("row-link font-medium break-all", marked?.includes(group.prefix) === false && "text-muted")}
            >
              {quote(`${group.name}/`)}
            </Link>
            <span className="text-sm text-muted tabular-nums">{plural(group.images, "image")}</span>
            {group.problem && <span className="min-w-0 text-sm [overflow-wrap:anywhere]">is {group.problem}</span>}
            {canAct && (
              // Above the link that fills the row.
              <span className="relative z-1 -my-1 ml-auto">
                <RenameDialog group={group.name} trigger={<Button>Rename…</Button>} />
              </span>
            )}
          </li>
        ))}
        <More total={total} shown={groups.length} className="px-4 py-3 text-sm">
          : <TextLink to={`?${new URLSearchParams({ root, view: "list" })}`}>list every group</TextLink>
        </More>
      </ul>
    </Panel>
  );
}
