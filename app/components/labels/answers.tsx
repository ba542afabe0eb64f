import { TriangleAlert } from "lucide-react";
import { confidence } from "~/components/format";

export type Answer = {
  attribute: string;
  /** What the folder's name states; null: it says nothing of this attribute. */
  folder: string | null;
  /** What a model put forward. */
  proposal: { value: string; confidence: number | null; estimate: number | null } | null;
};

/** "ageRange" → “age range” */
export const attributeWords = (attribute: string) => attribute.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

/** What the model put forward beside what the folder says, attribute by attribute. */
export function Answers({ answers, caption }: { answers: Answer[]; caption: string }) {
  return (
    <table className="w-full text-xs tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-left text-muted">
        <tr>
          <th scope="col">
            <span className="sr-only">Attribute</span>
          </th>
          <th scope="col" className="pb-0.5 font-normal">
            proposed
          </th>
          <th scope="col" className="pb-0.5 text-right font-normal">
            <abbr title="Confidence, from 0 to 1" className="no-underline">
              conf.
            </abbr>
          </th>
          <th scope="col" className="pb-0.5 pl-2 font-normal">
            folder
          </th>
        </tr>
      </thead>
      <tbody>
        {answers.map((answer) => (
          <tr key={answer.attribute} className="border-t border-line align-top">
            <th scope="row" className="py-0.5 pr-1.5 text-left font-normal whitespace-nowrap text-muted">
              {attributeWords(answer.attribute)}
            </th>
            <td className="py-0.5 font-medium">
              <Proposed proposal={answer.proposal} />
            </td>
            <td className="py-0.5 pl-1.5 text-right text-muted">
              {answer.proposal?.confidence != null && confidence(answer.proposal.confidence)}
            </td>
            <td className="py-0.5 pl-2">
              <FolderSays answer={answer} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Proposed({ proposal }: Pick<Answer, "proposal">) {
  if (!proposal) return <span className="font-normal text-muted">–</span>;
  if (proposal.estimate === null) return proposal.value;
  return (
    <span className="whitespace-nowrap">
      {proposal.value} <span className="font-normal text-muted">{Math.round(proposal.estimate)} y</span>
    </span>
  );
}

function FolderSays({ answer: { folder, proposal } }: { answer: Answer }) {
  if (folder === null) return <span className="text-muted">–</span>;
  if (!proposal || proposal.value === folder) return <span className="text-muted">{folder}</span>;
  return (
    <span className="font-medium text-warn">
      <TriangleAlert aria-label="Disagrees:" className="inline size-3 -translate-y-px" /> {folder}
    </span>
  );
}
