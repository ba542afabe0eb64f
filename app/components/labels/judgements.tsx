import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "~/components/ui/cx";
import { attributeWords } from "~/features/attribute-words";
import { confidence } from "~/features/format";

/** What is said of one attribute of an image, by whom. */
export type Judgement = {
  attribute: string;
  /** What the folder's name states; null: it says nothing of this attribute. */
  folder: string | null;
  /** What was accepted, and from where. A stale label is of the image that was there before. */
  label?: { value: string; source: string; isStale: boolean } | undefined;
  /** What a model put forward: how sure it is, and the number from which the value follows. */
  proposal?: { value: string; confidence: number | null; estimate: number | null } | undefined;
};

/** True where a label that holds is not what the folder states. */
export const isLabelWrong = ({ folder, label }: Judgement) => !!label && !label.isStale && differs(folder, label.value);

export const isProposalOther = ({ folder, proposal }: Judgement) => !!proposal && differs(folder, proposal.value);

const differs = (folder: string | null, value: string) => folder !== null && folder !== value;

type JudgementsProps = {
  judgements: Judgement[];
  caption: string;
  /** How a label is shown, where more can be done than read it. */
  label?: (judgement: Judgement) => ReactNode;
};

/** Attribute by attribute, what the folder says, which label is accepted and what a model put forward. */
export function Judgements({ judgements, caption, label: toLabel }: JudgementsProps) {
  const hasLabels = toLabel !== undefined || judgements.some(({ label }) => label !== undefined);
  return (
    <table className="w-full text-xs tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-left text-muted">
        <tr>
          <th scope="col">
            <span className="sr-only">Attribute</span>
          </th>
          <ColumnHead>folder</ColumnHead>
          {hasLabels && <ColumnHead>label</ColumnHead>}
          <ColumnHead>proposed</ColumnHead>
        </tr>
      </thead>
      <tbody>
        {judgements.map((judgement) => {
          const { attribute, folder, label, proposal } = judgement;
          return (
            <tr key={attribute} className="border-t border-line align-baseline">
              <th scope="row" className="py-1 pr-1.5 text-left font-normal whitespace-nowrap text-muted">
                {attributeWords(attribute)}
              </th>
              <Cell>{folder ?? undefined}</Cell>
              {hasLabels && (
                <Cell
                  contradiction={isLabelWrong(judgement) ? "text-bad" : undefined}
                  note={label && (label.isStale ? `${label.source}, stale` : label.source)}
                >
                  {toLabel ? toLabel(judgement) : label?.value}
                </Cell>
              )}
              <Cell
                contradiction={isProposalOther(judgement) ? "text-warn" : undefined}
                unit={proposal && proposal.estimate !== null ? `${Math.round(proposal.estimate)}\u202fy` : undefined}
                note={proposal && proposal.confidence !== null ? confidence(proposal.confidence) : undefined}
              >
                {proposal?.value}
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const ColumnHead = ({ children }: { children: ReactNode }) => (
  <th scope="col" className="pr-2 pb-0.5 font-normal">
    {children}
  </th>
);

type CellProps = {
  children: ReactNode;
  /** Its color, where it says something else than the folder. */
  contradiction?: "text-bad" | "text-warn" | undefined;
  /** The number from which it follows. */
  unit?: string | undefined;
  /** At the cell's end, so that numbers stand below each other. */
  note?: string | undefined;
};

function Cell({ children, contradiction, unit, note }: CellProps) {
  if (children === undefined) return <td className="py-1 text-muted">–</td>;
  return (
    <td className="py-1 pr-2 last:pr-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-1.5">
        <span className={cx("[overflow-wrap:anywhere]", contradiction && "font-medium", contradiction)}>
          {contradiction && <TriangleAlert aria-label="Disagrees:" className="mr-0.5 inline size-3 -translate-y-px" />}
          {children}
          {unit && <span className="font-normal whitespace-nowrap text-muted"> {unit}</span>}
        </span>
        {note && <span className="text-muted">{note}</span>}
      </span>
    </td>
  );
}
