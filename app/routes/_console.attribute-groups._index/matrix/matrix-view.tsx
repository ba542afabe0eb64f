import { ActionScopeProvider } from "~/components/groups/action-scope";
import type { MatrixContent } from "~/routes/_console.attribute-groups._index/content.server";
import { FindingsPanel } from "~/routes/_console.attribute-groups._index/findings/findings-panel";
import { Matrix } from "./matrix";
import { UnreadableGroups } from "./unreadable-groups";

/** The groups by what their folders say, and what an audit found beside them. */
export function MatrixView({ root, content }: { root: string; content: MatrixContent }) {
  return (
    <ActionScopeProvider scope={content.scope}>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex min-w-0 flex-col gap-4">
          <Matrix root={root} content={content} />
          {content.unreadableCount > 0 && (
            <UnreadableGroups
              root={root}
              groups={content.unreadable}
              total={content.unreadableCount}
              marked={content.marked}
            />
          )}
        </div>
        <div id="findings" className="min-w-0 scroll-mt-16">
          <FindingsPanel root={root} content={content} />
        </div>
      </div>
    </ActionScopeProvider>
  );
}
