import { CircleCheck } from "lucide-react";
import { KeyText } from "~/components/key-text";
import { Pages } from "~/components/lists/pages";
import { errorClassWords } from "~/components/runs/error-class";
import { EmptyState } from "~/components/ui/empty-state";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { Status } from "~/components/ui/status";
import { TextSummary } from "~/components/ui/text-link";
import { baseName } from "~/features/images/key-layout";
import type { UnlabelledImage } from "~/features/labeling/views/read-unlabelled.server";
import type { LabelRunTab } from "./tabs";

type UnlabelledProps = {
  tab: LabelRunTab;
  list: { images: UnlabelledImage[]; total: number; pageSize: number };
  page: number;
};

const emptyWords: Partial<Record<LabelRunTab, string>> = {
  refused: "The model refused no image in this run.",
  invalid: "Every answer so far could be used.",
  failed: "No call failed, and no image was skipped.",
};

/** Images without proposals: why, and what the model said instead, word for word. */
export function Unlabelled({ tab, list, page }: UnlabelledProps) {
  if (list.total === 0) {
    return (
      <Panel>
        <EmptyState icon={CircleCheck} title="None">
          <p>{emptyWords[tab]}</p>
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel isPadded={false}>
      <ul className="divide-y divide-line">
        {list.images.map((image) => (
          <li key={image.imageId} className="flex gap-4 p-4 max-sm:gap-3">
            <Picture imageId={image.imageId} alt={baseName(image.key)} className="h-24 w-18 shrink-0" />
            <div className="flex min-w-0 grow flex-col gap-1">
              <Status tone={image.errorClass === "skipped" ? "info" : "bad"}>
                {errorClassWords(image.errorClass)}
              </Status>
              <p className="text-sm break-words">{image.reason}</p>
              <p className="text-muted">
                <KeyText>{image.key}</KeyText>
              </p>
              {image.raw && (
                <details className="mt-1 text-sm">
                  <TextSummary>What the model answered</TextSummary>
                  <pre className="mt-2 max-h-72 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
                    {image.raw}
                  </pre>
                </details>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Pages page={page} pageSize={list.pageSize} total={list.total} />
    </Panel>
  );
}
