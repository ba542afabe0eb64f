import { Link } from "@remix-run/react";
import type { Column } from "~/components/lists/table";
import { Time } from "~/components/time";
import { attributeWords } from "~/features/attribute-words";
import { count } from "~/features/format";
import type { PromptListRow } from "~/features/labeling/views/list-prompts.sql.server";

export const promptColumns: Column<PromptListRow & { isMade: boolean }>[] = [
  {
    header: "Prompt",
    isLead: true,
    cell: ({ id, name, isMade }) => (
      <span className="block py-1">
        <Link to={`/prompts/${id}`} className="row-link font-medium [overflow-wrap:anywhere]">
          {name}
        </Link>
        {isMade && (
          <span className="block text-sm font-normal text-muted">
            Made with each run from labels/schema.json and the bucket
          </span>
        )}
      </span>
    ),
  },
  { header: "Newest", cell: ({ version }) => `v${version}` },
  { header: "Model", cell: ({ model }) => <span className="whitespace-nowrap">{model}</span> },
  {
    header: "Attributes",
    cell: ({ attributes }) => <span className="text-muted">{attributes.map(attributeWords).join(", ")}</span>,
  },
  { header: "Examples", align: "end", cell: ({ examples }) => count(examples) },
  {
    header: "Label runs",
    align: "end",
    cell: ({ runs }) => <span className={runs === 0 ? "text-muted" : undefined}>{count(runs)}</span>,
  },
  {
    header: "Last used",
    align: "end",
    cell: ({ lastUsedAt }) => <span className="text-muted">{lastUsedAt ? <Time at={lastUsedAt} /> : "Never"}</span>,
  },
];
