import { Images } from "lucide-react";
import { Judgements } from "~/components/labels/judgements";
import { Pages } from "~/components/lists/pages";
import { EmptyState } from "~/components/ui/empty-state";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { baseName } from "~/features/images/key-layout";
import { isFinished } from "~/features/job-runs/status";
import type { LabelRunView } from "~/features/labeling/views/read-label-run.server";
import type { ProposedCounts, ProposedImage } from "~/features/labeling/views/read-proposals.server";
import { quote } from "~/quote";
import { Distribution } from "./distribution";

/** What an answer that could be read all the same was like. */
const mendings: Record<ProposedImage["mended"][number], string> = {
  fence: "came in a code fence",
  wrapped: "came with something around it",
  doubled: "came more than once",
  listed: "came after answers for the examples",
  quoted: "came as quoted text",
  number: "numbers as text",
  case: "other capitals",
  space: "space around values",
};

type ProposalsProps = {
  labelRun: LabelRunView;
  list: { images: ProposedImage[]; total: number; pageSize: number; counts: ProposedCounts[] };
  page: number;
};

/** What the model put forward, each beside its image and its folder. */
export function Proposals({ labelRun, list, page }: ProposalsProps) {
  if (list.total === 0) {
    const isOver = isFinished(labelRun.run.status);
    return (
      <Panel>
        <EmptyState icon={Images} title={isOver ? "No proposals" : "No proposals yet"}>
          <p>
            {isOver
              ? labelRun.run.done === 0
                ? "The run ended before the model was asked about any image."
                : "The model labeled no image; the other tabs say why."
              : "They appear here one by one, as the model answers."}
          </p>
        </EmptyState>
      </Panel>
    );
  }
  return (
    <section aria-label="Proposals" className="flex flex-col gap-4">
      <Distribution counts={list.counts} />
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(420px,100%),1fr))] gap-3">
        {list.images.map((image) => (
          <li key={image.imageId} className="flex gap-3 rounded-md border border-line bg-surface p-3">
            <Picture
              imageId={image.imageId}
              etag={image.etag}
              alt={baseName(image.key)}
              className="aspect-[3/4] w-18 shrink-0 self-start sm:w-33"
            />
            <div className="flex min-w-0 grow flex-col gap-1">
              <h3 className="truncate text-sm" title={image.key}>
                {baseName(image.key)}
              </h3>
              <p className="truncate text-xs text-muted">{image.group ?? "in no group"}</p>
              {image.mended.length > 0 && (
                <p className="text-xs text-muted">
                  Fixed while reading: {image.mended.map((one) => mendings[one]).join(", ")}
                </p>
              )}
              <Judgements
                caption={`Proposals for ${quote(baseName(image.key))} beside its folder`}
                judgements={image.proposals.map((proposal) => ({
                  attribute: proposal.attribute,
                  folder: proposal.folder,
                  proposal,
                }))}
              />
            </div>
          </li>
        ))}
      </ul>
      <Pages page={page} pageSize={list.pageSize} total={list.total} />
    </section>
  );
}
