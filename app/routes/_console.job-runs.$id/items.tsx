import { useSearchParams } from "@remix-run/react";
import { Inbox } from "lucide-react";
import { ExportLinks } from "~/components/lists/export-links";
import { Filters } from "~/components/lists/filter";
import { ChoiceFilter } from "~/components/lists/filters";
import { Pages } from "~/components/lists/pages";
import { Table } from "~/components/lists/table";
import { errorClassWords } from "~/components/runs/error-class";
import { EmptyState } from "~/components/ui/empty-state";
import { Panel } from "~/components/ui/panel";
import { TabLinks } from "~/components/ui/tabs";
import { plural } from "~/features/format";
import { UNDO_DAYS } from "~/features/job-runs/retention/undo-window";
import { isFinished } from "~/features/job-runs/status";
import type { ItemView } from "~/features/job-runs/views/item-view";
import { itemFilter, onlyFilter } from "~/features/list-filters";
import { planColumns, runColumns } from "./item-columns";

type ItemsProps = {
  run: {
    id: number;
    status: string;
    planned: number;
    done: number;
    succeeded: number;
    failed: number;
    skipped: number;
    failures: { errorClass: string; count: number }[];
    itemsRemovedAt: Date | null;
  };
  list: { items: ItemView[]; total: number; pageSize: number };
  filter: { outcome?: string | undefined; errorClass?: string | undefined; page: number };
};

/** The run's items, by outcome and class of failure; the filter is in the address. A plan has neither yet. */
export function Items({ run, list, filter }: ItemsProps) {
  const [params] = useSearchParams();
  const isPlan = run.status === "planned";
  const tabs = [
    { label: "All", outcome: undefined, count: run.planned },
    { label: "Open", outcome: "open", count: run.planned - run.done },
    { label: "Succeeded", outcome: "succeeded", count: run.succeeded },
    { label: "Failed", outcome: "failed", count: run.failed },
    { label: "Skipped", outcome: "skipped", count: run.skipped },
  ];
  const isFailedTab = filter.outcome === "failed" || filter.errorClass !== undefined;
  return (
    <section aria-labelledby="items" className="flex flex-col gap-3">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="items" className="text-base">
          {isPlan ? `What would happen to ${plural(run.planned, "item")}` : "Items"}
        </h2>
        {list.items.length > 0 && (
          <ExportLinks path={`/job-runs/${run.id}/items`} params={onlyFilter(itemFilter, params)} what="these items" />
        )}
      </header>
      {!isPlan && (
        <TabLinks
          label="Items by outcome"
          tabs={tabs.map(({ label, outcome, count }) => ({
            label,
            count,
            to: outcome ? `?outcome=${outcome}` : ".",
            isCurrent: isFailedTab ? outcome === "failed" : outcome === filter.outcome,
          }))}
        />
      )}
      {isFailedTab && (run.failures.length > 1 || filter.errorClass) && (
        <Filters clearTo={null}>
          <ChoiceFilter
            label="Class"
            param="class"
            choices={run.failures.map(({ errorClass }) => ({ value: errorClass, label: errorClassWords(errorClass) }))}
          />
        </Filters>
      )}
      <Panel isPadded={false}>
        {list.items.length > 0 ? (
          <Table
            caption="Items of this run"
            columns={isPlan ? planColumns : runColumns}
            rows={isFinished(run.status) ? list.items.map(noLongerParked) : list.items}
            rowKey={(item) => item.seq}
          />
        ) : (
          <EmptyState icon={Inbox} title="No items here">
            <p>{emptyWords(run)}</p>
          </EmptyState>
        )}
        {!run.itemsRemovedAt && <Pages page={filter.page} pageSize={list.pageSize} total={list.total} />}
      </Panel>
    </section>
  );
}

/** A run that was cancelled looks at nothing again. */
const noLongerParked = (item: ItemView): ItemView => ({ ...item, parkedUntil: null });

function emptyWords(run: ItemsProps["run"]): string {
  if (run.planned === 0) return "The plan has no items: there is nothing to do.";
  if (run.itemsRemovedAt) return `Items are kept for ${UNDO_DAYS} days after a run has ended. Its counts stay.`;
  return "No item has this outcome.";
}
