import { useEffect, useRef, useState } from "react";
import { Judgements } from "~/components/labels/judgements";
import { LabelMenu } from "~/components/labels/label-menu";
import { ProvenanceDialog } from "~/components/labels/provenance-dialog";
import { useLabelEdits } from "~/components/labels/use-label-edits";
import { Panel } from "~/components/ui/panel";
import type { ImagePage } from "~/features/image-page/image-page";

/** What the folder, people and models say of an image; each label is set where it stands, and tells where it comes from. */
export function ImageLabels({ page: { image, judgements } }: { page: Pick<ImagePage, "image" | "judgements"> }) {
  const [asked, setAsked] = useState<string | null>(null);
  const edits = useLabelEdits(image);
  const panel = useLabelKey();
  return (
    <Panel title="Labels">
      <div ref={panel}>
        <Judgements
          judgements={judgements}
          caption="Folder, label and proposal"
          label={({ attribute }) => {
            const judgement = judgements.find((one) => one.attribute === attribute);
            if (!judgement) return null;
            return (
              <LabelMenu
                judgement={judgement}
                edits={image.goneAt === null ? edits : null}
                onAsk={() => setAsked(attribute)}
              />
            );
          }}
        />
      </div>
      {asked !== null && (
        <ProvenanceDialog imageId={image.id} attribute={asked} edits={edits} onClose={() => setAsked(null)} />
      )}
    </Panel>
  );
}

/** L leads from label to label, on the image's page and beside a list. */
function useLabelKey() {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { current } = panel;
      if (event.key.toLowerCase() !== "l" || event.ctrlKey || event.metaKey || event.altKey || !current) return;
      if (event.defaultPrevented || document.querySelector("[role=menu]")) return;
      if (event.target instanceof Element && event.target.matches("input, textarea, select")) return;
      const dialogs = [...document.querySelectorAll("[role=dialog]")];
      if (dialogs.some((dialog) => !dialog.contains(current))) return;
      const labels: Element[] = [...current.querySelectorAll("button[data-label]")];
      const next = labels[(document.activeElement ? labels.indexOf(document.activeElement) + 1 : 0) % labels.length];
      if (next instanceof HTMLElement) next.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return panel;
}
