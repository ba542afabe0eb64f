import { Link } from "@remix-run/react";
import { type Column, Table } from "~/components/lists/table";
import { Panel } from "~/components/ui/panel";
import { capitalized, count, percent } from "~/features/format";
import { describeReason } from "~/features/labeling/describe-answer";
import type { Rate, RefusalRates as Rates, RefusalFilter } from "~/features/labeling/refusals/refusals";

type Narrowing = Omit<RefusalFilter, "run">;

type RefusalRatesProps = {
  rates: Rates;
  /** The address of the images that were refused for this one of the causes. */
  toImages(narrowing: Narrowing): string;
  /** Of one run, whose prompt and model are clear. */
  isOneRun?: boolean;
};

/** How much a model refused, by group, prompt, model and its own reason. Each row leads to its images. */
export function RefusalRates({ rates, toImages, isOneRun = false }: RefusalRatesProps) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <RateTable
        title="By reason"
        rows={rates.byReason.map(({ code, message, refused }) => ({
          key: `${code} ${message}`,
          name: capitalized(describeReason(code, message)),
          asked: rates.asked,
          refused,
          to: toImages({ reason: code }),
        }))}
      />
      <RateTable
        title="By group"
        rows={rates.byGroup.map(({ root, group, ...rate }) => ({
          key: `${root}/${group}`,
          name: root === null ? "In no root" : `${root} / ${group ?? "in no group"}`,
          ...rate,
          to: toImages(root === null ? { outside: "yes" } : { root, ...(group !== null && { group }) }),
        }))}
      />
      {!isOneRun && (
        <>
          <RateTable
            title="By prompt"
            rows={rates.byPrompt.map(({ promptId, prompt, ...rate }) => ({
              key: promptId,
              name: prompt,
              ...rate,
              to: toImages({ prompt: promptId }),
            }))}
          />
          <RateTable
            title="By model"
            rows={rates.byModel.map(({ model, ...rate }) => ({
              key: model,
              name: model === "" ? "Not kept" : model,
              ...rate,
              to: toImages({ model }),
            }))}
          />
        </>
      )}
    </div>
  );
}

type Row = Rate & { key: string | number; name: string; to: string };

const columns: Column<Row>[] = [
  {
    header: "Cause",
    isLead: true,
    cell: ({ name, to }) => (
      <Link to={to} className="row-link inline-block [overflow-wrap:anywhere]">
        {name}
      </Link>
    ),
  },
  {
    header: "Refused",
    align: "end",
    cell: ({ refused, asked }) => `${count(refused)} of ${count(asked)}`,
  },
  { header: "Share", align: "end", cell: ({ refused, asked }) => percent(refused, asked) },
];

const RateTable = ({ title, rows }: { title: string; rows: Row[] }) => (
  <Panel title={title} isPadded={false}>
    <Table caption={`Refusals ${title.toLowerCase()}`} columns={columns} rows={rows} rowKey={({ key }) => key} />
  </Panel>
);
