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
      <thead className="sr-only">
        <tr>
          <th scope="col">Attribute</th>
          <th scope="col">Proposal</th>
          <th scope="col">Confidence</th>
          <th scope="col">Folder</th>
        </tr>
      </thead>
      <tbody>
        {answers.map((answer) => (
          <tr key={answer.attribute} className="align-top">
            <th scope="row" className="py-0.5 pr-2 text-left font-normal text-muted">
              {attributeWords(answer.attribute)}
            </th>
            <td className="py-0.5 pr-2 font-medium">
              {answer.proposal ? answer.proposal.value : <span className="font-normal text-muted">–</span>}
              {answer.proposal?.estimate != null && (
                <span className="font-normal text-muted"> ({Math.round(answer.proposal.estimate)} y)</span>
              )}
            </td>
            <td className="py-0.5 pr-2 text-right text-muted">
              {answer.proposal?.confidence != null && confidence(answer.proposal.confidence)}
            </td>
            <td className="py-0.5 text-right">
              <FolderSays answer={answer} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FolderSays({ answer }: { answer: Answer }) {
  if (answer.folder === null) return <span className="text-muted">folder –</span>;
  if (answer.proposal && answer.proposal.value !== answer.folder) {
    return (
      <span className="inline-flex items-center gap-1 font-medium text-warn">
        <TriangleAlert aria-hidden className="size-3 shrink-0" />
        folder: {answer.folder}
      </span>
    );
  }
  return <span className="text-muted">folder: {answer.folder}</span>;
}
