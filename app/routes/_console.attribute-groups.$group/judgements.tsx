import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { confidence } from "~/components/format";
import { attributeWords } from "~/components/labels/answers";
import { cx } from "~/components/ui/cx";
import { Status } from "~/components/ui/status";
import type { GroupImage } from "~/features/attribute-groups/read-group.server";
import type { Attributes } from "~/features/label-schema/label-schema";

type JudgementsProps = { image: Pick<GroupImage, "labels" | "proposals">; name: string; folder: Attributes | null };

/** Attribute by attribute, what the folder says, which label is accepted and what a model put forward. */
export function Judgements({ image: { labels, proposals }, name, folder }: JudgementsProps) {
  if (labels.length === 0 && proposals.length === 0)
    return <p className="text-xs text-muted">No label or proposal yet</p>;
  const judged = [...labels, ...proposals].map(({ attribute }) => attribute);
  const attributes = new Set([...Object.keys(folder ?? {}), ...judged]);
  const contradicts = ({ attribute, value }: { attribute: string; value: string }) =>
    folder?.[attribute] !== undefined && folder[attribute] !== value;
  const isLabelWrong = labels.some((label) => !label.isStale && contradicts(label));
  return (
    <>
      {isLabelWrong && <Status tone="bad">Label contradicts the folder</Status>}
      {!isLabelWrong && proposals.some(contradicts) && <Status tone="warn">Proposal disagrees with the folder</Status>}
      {labels.some(({ isStale }) => isStale) && <Status tone="warn">Labelled before it was replaced</Status>}
      <table className="w-full text-xs tabular-nums">
        <caption className="sr-only">Folder, label and proposal for {name}</caption>
        <thead className="text-left text-muted">
          <tr>
            <th scope="col">
              <span className="sr-only">Attribute</span>
            </th>
            <ColumnHead>folder</ColumnHead>
            {labels.length > 0 && <ColumnHead>label</ColumnHead>}
            <ColumnHead>proposed</ColumnHead>
          </tr>
        </thead>
        <tbody>
          {[...attributes].map((attribute) => {
            const label = labels.find((each) => each.attribute === attribute);
            const proposal = proposals.find((each) => each.attribute === attribute);
            return (
              <tr key={attribute} className="border-t border-line align-top">
                <th scope="row" className="py-1 pr-1.5 text-left font-normal whitespace-nowrap text-muted">
                  {attributeWords(attribute)}
                </th>
                <Cell>{folder?.[attribute]}</Cell>
                {labels.length > 0 && (
                  <Cell
                    contradiction={label && !label.isStale && contradicts(label) ? "text-bad" : undefined}
                    note={label && (label.isStale ? `${label.source}, stale` : label.source)}
                  >
                    {label?.value}
                  </Cell>
                )}
                <Cell
                  contradiction={proposal && contradicts(proposal) ? "text-warn" : undefined}
                  note={proposal && proposalNote(proposal)}
                >
                  {proposal?.value}
                </Cell>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

/** How sure the model is, and the number from which its value follows. */
const proposalNote = (proposal: GroupImage["proposals"][number]) =>
  [
    proposal.confidence !== null && confidence(proposal.confidence),
    proposal.estimate !== null && `${Math.round(proposal.estimate)}\u202fy`,
  ]
    .filter(Boolean)
    .join(" · ");

const ColumnHead = ({ children }: { children: ReactNode }) => (
  <th scope="col" className="pr-2 pb-0.5 font-normal">
    {children}
  </th>
);

type CellProps = {
  children: ReactNode;
  /** Its colour, where it says something else than the folder. */
  contradiction?: "text-bad" | "text-warn" | undefined;
  note?: string | undefined;
};

function Cell({ children, contradiction, note }: CellProps) {
  if (children === undefined) return <td className="py-1 text-muted">–</td>;
  return (
    <td className="py-1 pr-2 break-words">
      <span className={cx(contradiction && "font-medium", contradiction)}>
        {contradiction && <TriangleAlert aria-label="Disagrees:" className="mr-0.5 inline size-3 -translate-y-px" />}
        {children}
      </span>{" "}
      {note && <span className="inline-block text-muted">{note}</span>}
    </td>
  );
}
