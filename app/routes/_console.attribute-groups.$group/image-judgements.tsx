import { isLabelWrong, isProposalOther, type Judgement, Judgements } from "~/components/labels/judgements";
import { Status } from "~/components/ui/status";
import type { GroupImage } from "~/features/attribute-groups/read-group.server";
import type { Attributes } from "~/features/label-schema/label-schema";

type ImageJudgementsProps = {
  image: Pick<GroupImage, "labels" | "proposals">;
  name: string;
  folder: Attributes | null;
};

/** Whether folder, label and proposal of an image of the group agree, and what each of them says. */
export function ImageJudgements({ image: { labels, proposals }, name, folder }: ImageJudgementsProps) {
  if (labels.length === 0 && proposals.length === 0)
    return <p className="text-xs text-muted">No label or proposal yet</p>;
  const judged = [...labels, ...proposals].map(({ attribute }) => attribute);
  const judgements = Array.from(
    new Set([...Object.keys(folder ?? {}), ...judged]),
    (attribute): Judgement => ({
      attribute,
      folder: folder?.[attribute] ?? null,
      label: labels.find((label) => label.attribute === attribute),
      proposal: proposals.find((proposal) => proposal.attribute === attribute),
    }),
  );
  const isWrong = judgements.some(isLabelWrong);
  return (
    <>
      {isWrong && <Status tone="bad">Label contradicts the folder</Status>}
      {!isWrong && judgements.some(isProposalOther) && <Status tone="warn">Proposal disagrees with the folder</Status>}
      {labels.some(({ isStale }) => isStale) && <Status tone="warn">Labeled before it was replaced</Status>}
      <Judgements judgements={judgements} caption={`Folder, label and proposal for ${name}`} />
    </>
  );
}
