import { useState } from "react";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import type { StudioView } from "~/features/drawing/studio/read-studio.server";
import { toDrawRequest } from "~/features/drawing/studio/studio-form";
import type { StudioImage } from "~/features/drawing/studio/studio-image.server";
import { BaseField } from "./base-field";
import type { MaskDrawing } from "./mask/mask-drawing";
import { OwnImages } from "./own-images";
import { PictureFields } from "./picture-fields";
import { PromptField } from "./prompt-field";
import { ReferenceFields } from "./reference-fields";
import { SentPanel } from "./sent-panel";
import { usePreview } from "./use-preview";
import { useStudioForm } from "./use-studio-form";

/** The form at the left, and at the right what it would send, in order, with its cost and the button that pays it. */
export function StudioPanels({ studio, runId }: { studio: StudioView; runId: number | null }) {
  const { form, change } = useStudioForm(studio.form, runId);
  const [images, setImages] = useState(() => new Map(studio.images.map((image) => [image.imageId, image])));
  const know = (image: StudioImage) => setImages((known) => new Map(known).set(image.imageId, image));
  const [mask, setMask] = useState<MaskDrawing | null>(null);
  const request = toDrawRequest(form);
  const preview = usePreview(request);
  const fields = { form, change };
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,460px)]">
      <Panel className="min-w-0">
        <div className="flex flex-col gap-6">
          {studio.notes.map((note) => (
            <p key={note} className="flex flex-wrap gap-x-2 text-sm">
              <Status tone="warn">Not taken over</Status> {note}
            </p>
          ))}
          <PromptField {...fields} />
          <OwnImages {...fields} images={images} know={know} />
          <ReferenceFields {...fields} roots={studio.roots} ageRanges={studio.ageRanges} />
          <BaseField {...fields} images={images} know={know} mask={mask} kept={studio.mask} onMask={setMask} />
          <PictureFields {...fields} models={studio.models} owner={studio.owner} />
        </div>
      </Panel>
      <SentPanel {...fields} request={request} preview={preview} mask={usedMask(form, mask)} />
    </div>
  );
}

/** The mask of the base that is chosen; “missing” where one is to be painted and is not. */
function usedMask({ base, baseId }: StudioView["form"], mask: MaskDrawing | null): MaskDrawing | "missing" | null {
  if (base !== "mask") return null;
  return mask && mask.baseId === baseId && mask.steps.length > 0 ? mask : "missing";
}
