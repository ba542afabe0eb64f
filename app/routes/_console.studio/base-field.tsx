import { useState } from "react";
import { ImagePicker } from "~/components/images/image-picker";
import { Button } from "~/components/ui/forms/button";
import { Chip, Picture } from "~/components/ui/picture";
import type { StudioImage } from "~/features/drawing/studio/studio-image.server";
import { nameWithFolder } from "~/features/images/key-layout";
import type { FormProps, KnownImages } from "./form-props";
import type { MaskDrawing } from "./mask/mask-drawing";
import { MaskEditor } from "./mask/mask-editor";
import { Segments } from "./segments";

const bases = [
  { value: "none", label: "None" },
  { value: "anew", label: "Base Regeneration" },
  { value: "mask", label: "Edit with a mask" },
] as const;
const byLikeness = { address: "/studio-images", isByLikeness: true, kind: "" };

type BaseFieldProps = FormProps &
  KnownImages & {
    mask: MaskDrawing | null;
    /** The mask that the form begins with, and on which image; null: none. */
    kept: { baseId: number; address: string } | null;
    onMask(mask: MaskDrawing): void;
  };

const hints = {
  none: "Sent last. The model changes what the prompt names, and keeps the rest as it sees it.",
  anew: "Sent last. The model changes what the prompt names, and keeps the rest as it sees it.",
  mask: "Paint over what is to change. Every pixel that you leave out stays as it is.",
};

/** The image that is drawn anew, or changed where a mask is painted: none, or one, marked in neutral gray. */
export function BaseField({ form, change, images, know, mask, kept, onMask }: BaseFieldProps) {
  const [isPicking, setPicking] = useState(false);
  const base = form.base !== "none" && form.baseId !== null ? images.get(form.baseId) : undefined;
  return (
    <div className="flex flex-col gap-3">
      <Segments
        legend="Base image"
        hint={hints[form.base]}
        value={form.base}
        choices={[...bases]}
        onChange={(mode) => {
          change({ base: mode });
          if (mode !== "none" && form.baseId === null) setPicking(true);
        }}
      />
      {form.base !== "none" && (
        <div className="flex flex-wrap items-start gap-3">
          {base && form.base === "mask" ? (
            <MaskEditor
              key={base.imageId}
              base={base}
              drawing={mask}
              kept={kept?.baseId === base.imageId ? kept.address : null}
              onChange={onMask}
            />
          ) : base ? (
            <BaseCard image={base} />
          ) : (
            <p className="text-sm text-muted">No base image is chosen yet.</p>
          )}
          <Button onClick={() => setPicking(true)}>{base ? "Choose another base" : "Choose the base"}</Button>
        </div>
      )}
      {isPicking && (
        <ImagePicker<StudioImage>
          title="Choose the base image"
          source={byLikeness}
          picked={base ? [base.key] : []}
          isFull={false}
          onPick={(image) => {
            know(image);
            change({ baseId: image.imageId });
            setPicking(false);
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </div>
  );
}

/** The base in its neutral gray border, so that it is not taken for one of the references. */
function BaseCard({ image: { imageId, etag, key, problem, hasThumbnail } }: { image: StudioImage }) {
  const name = nameWithFolder(key);
  return (
    <div className="w-32 min-w-0">
      <Picture
        imageId={imageId}
        etag={etag}
        missing={problem ?? (hasThumbnail ? undefined : "No thumbnail")}
        alt={`Base image ${name}`}
        chips={<Chip>Base</Chip>}
        className="aspect-[3/4] border-4 border-control"
      />
      <p className="mt-1 truncate text-xs" title={key}>
        {name}
      </p>
    </div>
  );
}
